import { useMemo, useState } from 'react'
import type { Trace } from '../../../../core/contract/traces.ts'
import { Button } from '../../../components/button.tsx'
import { formatDuration } from '../../../components/format/time.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { SpanDetails } from './span-details.tsx'
import { timeTicks } from './time-ticks.ts'
import type { TreeMove } from './waterfall-keys.ts'
import { foldable, layOutWaterfall, unfolded } from './waterfall-layout.ts'
import { columns } from './waterfall-row.tsx'
import { WaterfallTree } from './waterfall-tree.tsx'

/** What happened when, as a tree of bars on one time line; the tick in a bar is the first token. */
export function Waterfall({ trace }: { trace: Trace }) {
  const { spans, durationMs, source, parentSpanId } = trace
  const { rows, fromUs, totalUs } = useMemo(
    () =>
      layOutWaterfall({
        spans,
        durationMs,
        ...(source && { source }),
        ...(parentSpanId && { parentSpanId })
      }),
    [spans, durationMs, source, parentSpanId]
  )
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState(0)
  const [selected, setSelected] = useState<number | null>(null)
  const shown = useMemo(() => unfolded(rows, folded), [rows, folded])

  const fold = (index: number, isFolded: boolean): void => {
    const id = rows[index]?.span.id
    if (id === undefined) return
    const next = new Set(folded)
    if (isFolded) next.add(id)
    else next.delete(id)
    setFolded(next)
  }
  const move = (step: TreeMove): void => {
    if ('fold' in step) fold(step.fold, true)
    else if ('unfold' in step) fold(step.unfold, false)
    else {
      setActive(step.go)
      // what is looked into goes along
      setSelected((current) => (current === null ? null : step.go))
    }
  }
  const parents = useMemo(() => foldable(rows), [rows])
  const foldAll = (): void => {
    setFolded(parents)
    setActive(unfolded(rows, parents)[0] ?? 0)
    setSelected(null)
  }
  const chosen = selected === null ? undefined : rows[selected]

  return (
    <section aria-label="What happened when" className="my-4">
      <div className="flex h-8 items-center gap-2 px-2">
        <h3 className="flex-1 text-xs font-medium text-text-3">
          {rows.length === 1 ? '1 step' : `${formatCount(rows.length)} steps`}
        </h3>
        {parents.size > 0 && (
          <>
            <Button look="quiet" className="h-7 px-2 text-xs" onClick={foldAll}>
              Collapse all
            </Button>
            <Button
              look="quiet"
              className="h-7 px-2 text-xs"
              disabled={folded.size === 0}
              onClick={() => setFolded(new Set())}
            >
              Expand all
            </Button>
          </>
        )}
      </div>
      <TimeAxis fromUs={fromUs} totalUs={totalUs} />
      <WaterfallTree
        rows={rows}
        shown={shown}
        folded={folded}
        active={active}
        selected={selected}
        onMove={move}
        onSelect={(index) => setSelected(selected === index ? null : index)}
        onEscape={() => {
          setSelected(null)
          return selected !== null
        }}
      />
      {chosen && selected !== null && (
        <SpanDetails rows={rows} index={selected} onClose={() => setSelected(null)} />
      )}
    </section>
  )
}

function TimeAxis({ fromUs, totalUs }: { fromUs: number; totalUs: number }) {
  return (
    <div aria-hidden className="overflow-hidden [scrollbar-gutter:stable]">
      <div className={columns}>
        <span className="relative col-start-2 h-5 border-b border-line text-xs text-text-3">
          {timeTicks(fromUs, totalUs).map((at) => (
            <span
              key={at}
              className="absolute bottom-0 border-l border-line-strong pl-1 leading-5 whitespace-nowrap"
              style={{ left: `${((at - fromUs) / totalUs) * 100}%` }}
            >
              {at === 0 ? '0' : formatDuration(at / 1000)}
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}
