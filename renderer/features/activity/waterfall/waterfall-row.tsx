import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo } from 'react'
import type { Span } from '../../../../core/contract/traces.ts'
import { classNames } from '../../../components/class-names.ts'
import { formatDuration } from '../../../components/format/time.ts'
import { REQUEST, type WaterfallRow } from './waterfall-layout.ts'

/** Name, bar and figures: the same in every row and over them. */
export const columns =
  'grid grid-cols-[minmax(120px,3fr)_minmax(120px,5fr)_minmax(80px,2.5fr)] items-center gap-x-3 px-2'

/** Deeper rows are drawn no further in, so that their names still have room. */
const DEEPEST_INDENT = 14

interface WaterfallRowViewProps {
  id: string
  /** Where it stands in the whole list. */
  index: number
  /** Pixels below the first row. */
  top: number
  row: WaterfallRow
  folded: boolean
  active: boolean
  selected: boolean
}

/** A span's line in the tree. What is clicked is found by `data-index` and `data-fold`. */
export const WaterfallRowView = memo(function WaterfallRowView(props: WaterfallRowViewProps) {
  const { id, index, top, row, folded, active, selected } = props
  const { span, depth, left, width, tick } = row
  return (
    <div
      id={id}
      data-index={index}
      role="treeitem"
      tabIndex={-1}
      aria-level={depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      aria-expanded={row.descendants > 0 ? !folded : undefined}
      className={classNames(
        columns,
        'absolute inset-x-0 h-7 rounded-sm outline-offset-[-2px] select-none hover:bg-hover',
        selected && 'bg-press hover:bg-press',
        active && 'group-focus-visible/tree:outline-2 group-focus-visible/tree:outline-accent'
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span
        title={span.name}
        className={classNames('flex min-w-0 items-center text-s', depth > 0 && 'text-text-2')}
        style={{ paddingLeft: Math.min(depth, DEEPEST_INDENT) * 14 }}
      >
        <span data-fold className="grid size-5 shrink-0 place-items-center [&>svg]:size-3.5">
          {row.descendants > 0 && (folded ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />)}
        </span>
        <span className={classNames('truncate', span.status === 'error' && 'text-bad-text')}>
          {span.name}
        </span>
        {folded && <span className="pl-1.5 text-xs text-text-3">{row.descendants}</span>}
      </span>
      <span className="relative h-4">
        <span
          className={classNames('absolute inset-y-[3px] min-w-[3px] rounded-[3px]', colourOf(span))}
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
      <span
        title={span.note ?? undefined}
        className={classNames('truncate text-xs', span.status === 'error' ? 'text-bad-text' : 'text-text-3')}
      >
        {formatDuration(span.durationUs / 1000)}
        {span.note && ` · ${span.note}`}
      </span>
    </div>
  )
})

const colours: Record<Span['kind'], string> = {
  stage: 'bg-data-3',
  provider: 'bg-data-1',
  tool: 'bg-data-2',
  retrieval: 'bg-data-4',
  memory: 'bg-data-4',
  guardrail: 'bg-data-3',
  agent: 'bg-data-6',
  other: 'bg-data-6'
}

function colourOf({ id, status, kind }: Span): string {
  if (status === 'error') return 'bg-data-5'
  return id === REQUEST ? 'bg-data-6' : colours[kind]
}
