import { useCallback, useEffect, useState } from 'react'
import type { Trace } from '../../../core/contract/traces.ts'
import { errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { formatDateTime, formatDuration } from '../../components/format/time.ts'
import { formatCount, formatSpeed, tokensPerSecond } from '../../components/format/tokens.ts'
import { Notice } from '../../components/notice.tsx'
import { RouteExplanation } from '../../components/route-explanation.tsx'
import { Bar } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { callStatus } from './call-status.ts'
import { TraceBodies } from './trace-bodies.tsx'
import { costFigure, modelWords } from './trace-words.ts'
import { Waterfall } from './waterfall.tsx'

/** One call: its figures, its time line, its texts. */
export function TraceView({ id }: { id: string }) {
  const [trace, setTrace] = useState<Trace | null>(null)
  const [error, setError] = useState<string | null>(null)
  const load = useCallback(async () => {
    setError(null)
    try {
      setTrace(await daemon.invoke('GET /app/traces/:id', { params: { id } }))
    } catch (thrown) {
      setError(errorText(thrown))
    }
  }, [id])
  useEffect(() => void load(), [load])

  const shown = trace?.id === id ? trace : null
  return (
    <>
      <Bar>
        {shown && (
          <>
            <h2 className="min-w-0 truncate font-semibold">{shown.title || modelWords(shown).text}</h2>
            <Chip>{shown.app}</Chip>
            <Chip title={modelWords(shown).title}>{modelWords(shown).text}</Chip>
            <span className="flex-1" />
            <span className="text-xs whitespace-nowrap text-text-3 max-[1000px]:hidden">
              {formatDateTime(shown.startedAt)}
            </span>
            <CopyButton text={shown.id} label="Copy trace id" />
          </>
        )}
      </Bar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[1080px] px-8 pt-6 pb-10 max-[860px]:px-5">
          {error ? (
            <Notice tone="bad" action={<Button onClick={() => void load()}>Try again</Button>}>
              {error}
            </Notice>
          ) : shown ? (
            <TraceDetails key={id} trace={shown} />
          ) : (
            <SkeletonRows count={6} />
          )}
        </div>
      </div>
    </>
  )
}

function Chip({ title, children }: { title?: string; children: React.ReactNode }) {
  return (
    <span
      title={title}
      className="inline-flex h-6 shrink-0 items-center rounded-full bg-sunk px-2.5 text-xs whitespace-nowrap text-text-2"
    >
      {children}
    </span>
  )
}

function TraceDetails({ trace }: { trace: Trace }) {
  const { usage, firstTokenMs, durationMs, status, errorMessage, route, warnings } = trace
  const speed = usage ? tokensPerSecond(usage.output.total, firstTokenMs, durationMs) : null
  const cached = usage?.input.cacheRead ?? 0
  return (
    <>
      <dl className="grid grid-cols-4 gap-6 border-b border-line pb-5 max-[1000px]:grid-cols-2">
        <Figure label="Total" value={formatDuration(durationMs)} note={callStatus[status].label}>
          <StatusDot tone={callStatus[status].tone} />
        </Figure>
        <Figure
          label="First token"
          value={firstTokenMs === null ? '–' : formatDuration(firstTokenMs)}
          note={speed === null ? '' : formatSpeed(speed)}
        />
        <Figure
          label="Tokens"
          value={usage ? `${formatCount(usage.input.total)} → ${formatCount(usage.output.total)}` : '–'}
          note={cached > 0 ? `${formatCount(cached)} cached` : 'in → out'}
        />
        <Figure label="Cost" {...costFigure(trace)} />
      </dl>
      {errorMessage && (
        <div className="mt-4">
          <Notice tone={status === 'error' ? 'bad' : 'warn'}>{errorMessage}</Notice>
        </div>
      )}
      <Waterfall trace={trace} />
      {route && (
        <Part title="Why this model">
          <RouteExplanation route={route} answered={answeredBy(trace)} />
        </Part>
      )}
      {warnings.length > 0 && (
        <Part title="Warnings">
          <ul className="flex flex-col gap-1 text-s">
            {warnings.map((warning) => (
              <li key={warning} className="[overflow-wrap:anywhere]">
                {warning}
              </li>
            ))}
          </ul>
        </Part>
      )}
      <TraceBodies trace={trace} />
    </>
  )
}

function answeredBy({ status, providerId, providerModel }: Trace): string | null {
  return status === 'error' || providerId === null ? null : `${providerId}/${providerModel}`
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="mb-4 rounded-lg border border-line px-4 py-3">
      <h3 className="pb-1.5 text-xs font-medium text-text-3">{title}</h3>
      {children}
    </section>
  )
}

interface FigureProps {
  label: string
  value: string
  note: string
  children?: React.ReactNode
}

function Figure({ label, value, note, children }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-text-3">{label}</dt>
      <dd className="mt-0.5 truncate text-xl font-semibold tracking-[-0.01em]">{value}</dd>
      <dd className="mt-0.5 flex items-center gap-1.5 text-s text-text-2">
        {children}
        {note}
      </dd>
    </div>
  )
}
