import type { ReactNode } from 'react'
import type { Trace } from '../../../core/contract/traces.ts'
import { formatDuration } from '../../components/format/time.ts'
import { formatCount, formatSpeed, tokensPerSecond } from '../../components/format/tokens.ts'
import { Notice } from '../../components/notice.tsx'
import { RouteExplanation } from '../../components/route-explanation.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { callStatus } from './call-status.ts'
import { OtherCall } from './comparison/other-call.tsx'
import { type Judged, Judgement } from './judgement/judgement.tsx'
import { TraceBodies } from './texts/trace-bodies.tsx'
import { TraceLabels } from './trace-labels.tsx'
import { costFigure } from './trace-words.ts'
import { Waterfall } from './waterfall/waterfall.tsx'

interface TraceDetailsProps {
  trace: Trace
  onJudged: (judged: Judged) => void
}

export function TraceDetails({ trace, onJudged }: TraceDetailsProps) {
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
      <TraceLabels trace={trace} />
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
      <Judgement trace={trace} onJudged={onJudged} />
      <OtherCall trace={trace} />
    </>
  )
}

function answeredBy({ status, providerId, providerModel }: Trace): string | null {
  return status === 'error' || providerId === null ? null : `${providerId}/${providerModel}`
}

function Part({ title, children }: { title: string; children: ReactNode }) {
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
  children?: ReactNode
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
