import type { ConnectionState } from '../client/connection.ts'
import { useConnection } from '../client/daemon.ts'
import { useResource } from '../client/resource.ts'
import { info, spendToday } from '../client/resources.ts'
import { navigate } from '../client/route.ts'
import { useCopied } from '../components/copy-button.tsx'
import { formatUsd } from '../components/format/money.ts'
import { StatusDot } from '../components/status-dot.tsx'

/** The host and port the gateway answers on, as people type it. */
export function addressOf(connection: ConnectionState): string | null {
  const endpoint = connection.state === 'ready' || connection.state === 'lost' ? connection.endpoint : null
  return endpoint ? new URL(endpoint.baseUrl).host : null
}

/** At the foot of every list: is the gateway there, where, and what did today cost. */
export function StatusFooter() {
  const connection = useConnection()
  const paused = useResource(info).data?.paused ?? false
  const spend = useResource(spendToday).data
  const [copied, copy] = useCopied()
  const address = addressOf(connection)
  const tone = connection.state !== 'ready' ? 'bad' : paused ? 'warn' : 'ok'
  const state = connection.state !== 'ready' ? 'not answering' : paused ? 'paused' : 'running'
  return (
    <footer className="flex h-11 shrink-0 items-center justify-between px-2 font-mono text-xs text-text-2">
      <button
        type="button"
        title="Copy the base URL"
        disabled={address === null}
        onClick={() => copy(`http://${address}/v1`)}
        className="flex h-7 min-w-0 items-center gap-2 rounded-sm px-2 hover:bg-hover"
      >
        <StatusDot tone={tone} label={`gateway ${state}`} />
        <span className="truncate">{copied ? 'copied' : paused ? 'paused' : (address ?? 'connecting')}</span>
      </button>
      {spend && spend.calls > 0 && (
        <button
          type="button"
          title={spendTitle(spend.calls, spend.unknownPriceCalls)}
          onClick={() => navigate('costs', null, { period: 'day' })}
          className="flex h-7 shrink-0 items-center rounded-sm px-2 text-text-3 hover:bg-hover"
        >
          {spend.nanoUsd === 0 ? (
            // the port stands beside it whole
            countCalls(spend.calls)
          ) : (
            <>
              {formatUsd(spend.nanoUsd)}
              <span className="pl-[1ch] max-[860px]:hidden">today</span>
            </>
          )}
        </button>
      )}
    </footer>
  )
}

function spendTitle(calls: number, unknown: number): string {
  const known = `${countCalls(calls)} today`
  return unknown === 0 ? known : `${known}, ${unknown} of them with an unknown price`
}

function countCalls(calls: number): string {
  return calls === 1 ? '1 call' : `${calls} calls`
}
