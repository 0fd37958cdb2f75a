import type { ReactNode } from 'react'
import type { Trace } from '../../../core/contract/traces.ts'
import { useConnection } from '../../client/daemon.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { formatDateTime } from '../../components/format/time.ts'
import { curlCommand } from './curl-command.ts'
import { modelWords } from './trace-words.ts'

/** Over a call: what it was, and what can be taken along of it. */
export function TraceBar({ trace }: { trace: Trace }) {
  const connection = useConnection()
  const model = modelWords(trace)
  const command = connection.state === 'ready' ? curlCommand(trace, connection.endpoint.baseUrl) : null
  return (
    <>
      <h2 className="min-w-0 truncate font-semibold">{trace.title || model.text}</h2>
      <Chip>{trace.app}</Chip>
      <Chip title={model.title}>{model.text}</Chip>
      <span className="flex-1" />
      <span className="text-xs whitespace-nowrap text-text-3 max-[1000px]:hidden">
        {formatDateTime(trace.startedAt)}
      </span>
      {command !== null && <CopyButton wide text={command} label="Copy as curl" />}
      <CopyButton text={trace.id} label="Copy trace id" />
    </>
  )
}

function Chip({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <span
      title={title}
      className="inline-flex h-6 max-w-48 shrink-0 items-center rounded-full bg-sunk px-2.5 text-xs text-text-2 max-[1000px]:hidden"
    >
      <span className="truncate">{children}</span>
    </span>
  )
}
