import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Span } from '../../../../core/contract/traces.ts'
import { formatRoute } from '../../../client/route.ts'
import { IconButton } from '../../../components/button.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { formatDuration } from '../../../components/format/time.ts'
import { MessageList } from '../texts/message-list.tsx'
import { ownTimeUs } from './span-times.ts'
import { attributeText, spanContents, startWords } from './span-words.ts'
import type { WaterfallRow } from './waterfall-layout.ts'

interface SpanDetailsProps {
  rows: readonly WaterfallRow[]
  index: number
  onClose: () => void
}

const kinds: Record<Span['kind'], string> = {
  stage: 'Step of Homeport',
  provider: 'Call of a model',
  tool: 'Tool',
  retrieval: 'Retrieval',
  memory: 'Memory',
  guardrail: 'Guardrail',
  agent: 'Agent',
  other: 'Step'
}

/** All that is known of one span. */
export function SpanDetails({ rows, index, onClose }: SpanDetailsProps) {
  const row = rows[index]
  if (!row) return null
  const { span } = row
  const { texts, attributes } = spanContents(span)
  return (
    <section aria-label={`Step ${span.name}`} className="mt-2 rounded-lg border border-line px-4 py-3">
      <header className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h4 className="font-medium [overflow-wrap:anywhere]">{span.name}</h4>
          <p className="text-xs text-text-3">
            {kinds[span.kind]}
            {span.status === 'error' && ' · failed'}
            {span.traceId && ' · recorded in another trace'}
          </p>
        </div>
        {span.traceId && (
          <a
            href={formatRoute({ screen: 'activity', id: span.traceId })}
            className="text-s text-accent-text hover:underline"
          >
            Open that trace
          </a>
        )}
        <CopyButton text={JSON.stringify(span, null, 2)} label="Copy this step as JSON" />
        <IconButton small label="Close the step" keys="Esc" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <dl className="mt-3 grid grid-cols-4 gap-4 max-[1000px]:grid-cols-2">
        <Time label="Began">{startWords(span.startUs)}</Time>
        <Time label="Took">{formatDuration(span.durationUs / 1000)}</Time>
        {row.descendants > 0 && (
          <Time label="Outside the steps below">{formatDuration(ownTimeUs(rows, index) / 1000)}</Time>
        )}
        {span.firstTokenUs !== null && (
          <Time label="First token after">{formatDuration((span.firstTokenUs - span.startUs) / 1000)}</Time>
        )}
      </dl>
      {span.note && (
        <p
          className={
            span.status === 'error'
              ? 'mt-3 text-s [overflow-wrap:anywhere] text-bad-text'
              : 'mt-3 text-s [overflow-wrap:anywhere]'
          }
        >
          {span.note}
        </p>
      )}
      {texts.map(({ title, messages }) => (
        <section key={title} aria-label={title} className="mt-3 border-t border-line pt-3">
          <h5 className="pb-2 text-xs font-medium text-text-3">{title}</h5>
          <div className="max-h-[40vh] overflow-y-auto">
            <MessageList messages={messages} />
          </div>
        </section>
      ))}
      {attributes.length > 0 && (
        <dl
          aria-label="Attributes"
          className="mt-3 grid max-h-[40vh] grid-cols-[minmax(120px,auto)_1fr] gap-x-4 gap-y-1 overflow-y-auto border-t border-line pt-3 font-mono text-xs"
        >
          {attributes.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="max-w-64 [overflow-wrap:anywhere] text-text-3">{name}</dt>
              <dd className="whitespace-pre-wrap [overflow-wrap:anywhere]">{attributeText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

function Time({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-text-3">{label}</dt>
      <dd className="text-s">{children}</dd>
    </div>
  )
}
