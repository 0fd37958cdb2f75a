import { type KeyboardEvent, type MouseEvent, useId, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { Trace } from '../../../../core/contract/traces.ts'
import { Button } from '../../../components/button.tsx'
import { formatDuration } from '../../../components/format/time.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { SpanDetails } from './span-details.tsx'
import { timeTicks } from './time-ticks.ts'
import { moveInTree, placeIn } from './waterfall-keys.ts'
import { layOutWaterfall, unfolded } from './waterfall-layout.ts'
import { columns, WaterfallRowView } from './waterfall-row.tsx'

const ROW_HEIGHT = 28

/**
 * What happened when, as a tree of bars on one time line; the tick in a bar is the first token. Only the rows in sight are
 * drawn. The tree has the focus, and tells which row is meant: rows come and go.
 */
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
  const list = useRef<VListHandle>(null)
  const treeId = useId()

  const goTo = (index: number): void => {
    setActive(index)
    setSelected((current) => (current === null ? null : index))
    list.current?.scrollToIndex(placeIn(shown, index), { align: 'nearest' })
  }
  const fold = (index: number, isFolded: boolean): void => {
    const id = rows[index]?.span.id
    if (id === undefined) return
    const next = new Set(folded)
    if (isFolded) next.add(id)
    else next.delete(id)
    setFolded(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') setSelected(selected === active ? null : active)
    else if (event.key === 'Escape' && selected !== null) setSelected(null)
    else {
      const move = moveInTree(event.key, rows, shown, active)
      if (!move) return
      if ('go' in move) goTo(move.go)
      else if ('fold' in move) fold(move.fold, true)
      else fold(move.unfold, false)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const onClick = ({ target }: MouseEvent): void => {
    if (!(target instanceof Element)) return
    const index = Number(target.closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN)
    const row = rows[index]
    if (!row) return
    setActive(index)
    if (row.descendants > 0 && target.closest('[data-fold]')) fold(index, !folded.has(row.span.id))
    else setSelected(selected === index ? null : index)
  }
  /** All but what stands at the top. */
  const foldAll = (): void => {
    const parents = rows.filter((row) => row.descendants > 0 && row.depth > 0)
    setFolded(new Set(parents.map(({ span }) => span.id)))
    const top = rows[active]?.parent
    setActive(top == null ? active : 0)
    setSelected(null)
  }
  const canFold = rows.some((row) => row.descendants > 0 && row.depth > 0)
  const chosen = selected === null ? undefined : rows[selected]

  return (
    <section aria-label="What happened when" className="my-4">
      <div className="flex h-8 items-center gap-2 px-2">
        <h3 className="flex-1 text-xs font-medium text-text-3">
          {rows.length === 1 ? '1 step' : `${formatCount(rows.length)} steps`}
        </h3>
        {canFold && (
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
      <VList
        ref={list}
        data={shown}
        itemSize={ROW_HEIGHT}
        keepMounted={[placeIn(shown, active)]}
        role="tree"
        aria-label="Time line"
        aria-activedescendant={`${treeId}-${active}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className="group/tree rounded-sm outline-none [scrollbar-gutter:stable]"
        style={{ height: `min(${shown.length * ROW_HEIGHT}px, 56vh)` }}
      >
        {(index) => {
          const row = rows[index]
          return row ? (
            <WaterfallRowView
              key={index}
              id={`${treeId}-${index}`}
              index={index}
              row={row}
              folded={folded.has(row.span.id)}
              active={index === active}
              selected={index === selected}
            />
          ) : (
            <span />
          )
        }}
      </VList>
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
