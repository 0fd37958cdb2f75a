import { useMemo } from 'react'
import type { Span } from '../../../core/contract/traces.ts'
import { classNames } from '../../components/class-names.ts'
import { formatDuration } from '../../components/format/time.ts'
import { layOutWaterfall } from './waterfall-layout.ts'

/** What happened when, as bars on one time line; the tick in a bar is the first token. */
export function Waterfall({ spans, requestMs }: { spans: readonly Span[]; requestMs: number }) {
  const rows = useMemo(() => layOutWaterfall(spans, requestMs * 1000), [spans, requestMs])
  return (
    <ul aria-label="Time line" className="my-4">
      {rows.map(({ span, depth, left, width, tick }) => (
        <li
          key={span.id}
          className="grid min-h-7 grid-cols-[minmax(110px,2fr)_minmax(130px,5fr)_minmax(80px,2.5fr)] items-center gap-x-3 rounded-sm px-2 hover:bg-hover"
        >
          <span
            title={span.name}
            className={classNames('truncate text-s', depth > 0 && 'text-text-2')}
            style={{ paddingLeft: depth * 16 }}
          >
            {span.name}
          </span>
          <span className="relative h-4">
            <span
              className={classNames(
                'absolute inset-y-[3px] min-w-[3px] rounded-[3px]',
                colourOf(span, depth)
              )}
              style={{ left: `min(${left}%, calc(100% - 3px))`, width: `${width}%` }}
            />
            {tick !== null && (
              <span
                title={`First token after ${formatDuration((span.firstTokenUs ?? 0) / 1000)}`}
                className="absolute inset-y-0 w-0.5 rounded-full bg-text-1"
                style={{ left: `${tick}%` }}
              />
            )}
          </span>
          <span title={span.note ?? undefined} className="truncate text-xs text-text-3">
            {formatDuration(span.durationUs / 1000)}
            {span.note && span.status === 'ok' && ` · ${span.note}`}
          </span>
          {span.note && span.status === 'error' && (
            <span
              className="col-span-3 pb-1.5 text-xs [overflow-wrap:anywhere] text-bad-text"
              style={{ paddingLeft: depth * 16 }}
            >
              {span.note}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function colourOf(span: Span, depth: number): string {
  if (depth === 0) return 'bg-data-6'
  if (span.status === 'error') return 'bg-data-5'
  return span.kind === 'provider' ? 'bg-data-1' : 'bg-data-3'
}
