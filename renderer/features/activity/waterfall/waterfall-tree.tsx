import { type KeyboardEvent, type MouseEvent, useId } from 'react'
import { useRowWindow } from './row-window.ts'
import { moveInTree, placeIn, type TreeMove } from './waterfall-keys.ts'
import type { WaterfallRow } from './waterfall-layout.ts'
import { WaterfallRowView } from './waterfall-row.tsx'

const ROW_HEIGHT = 28

interface WaterfallTreeProps {
  rows: readonly WaterfallRow[]
  /** Where the rows stand that are not folded away. */
  shown: readonly number[]
  folded: ReadonlySet<string>
  active: number
  selected: number | null
  onMove: (move: TreeMove) => void
  /** A row was meant, as to look into it. */
  onSelect: (index: number) => void
  /** Returns whether there was something to close. */
  onEscape: () => boolean
}

/**
 * The rows in sight of a tree that may have very many. The tree itself has the focus and tells which row is meant; an
 * element that scrolls out of sight is taken for the row that comes in.
 */
export function WaterfallTree(props: WaterfallTreeProps) {
  const { rows, shown, folded, active, selected, onMove, onSelect, onEscape } = props
  const { scroller, from, until, reveal } = useRowWindow(shown.length, ROW_HEIGHT)
  const treeId = useId()
  const activePlace = placeIn(shown, active)

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') onSelect(active)
    else if (event.key !== 'Escape') {
      const move = moveInTree(event.key, rows, shown, active)
      if (!move) return
      onMove(move)
      if ('go' in move) reveal(placeIn(shown, move.go))
    } else if (!onEscape()) return
    event.preventDefault()
    event.stopPropagation()
  }
  const onClick = ({ target }: MouseEvent): void => {
    if (!(target instanceof Element)) return
    const index = Number(target.closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN)
    const row = rows[index]
    if (!row) return
    onMove({ go: index })
    if (row.descendants === 0 || !target.closest('[data-fold]')) onSelect(index)
    else onMove(folded.has(row.span.id) ? { unfold: index } : { fold: index })
  }

  const places = Array.from({ length: until - from }, (_, offset) => from + offset)
  if (activePlace < from || activePlace >= until) places.push(activePlace)
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Time line"
      aria-activedescendant={`${treeId}-${active}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      className="group/tree overflow-x-hidden overflow-y-auto rounded-sm outline-none [contain:strict] [scrollbar-gutter:stable]"
      style={{ height: `min(${shown.length * ROW_HEIGHT}px, 56vh)` }}
    >
      <div role="none" className="relative" style={{ height: shown.length * ROW_HEIGHT }}>
        {places.map((place) => {
          const index = shown[place]
          const row = index === undefined ? undefined : rows[index]
          if (index === undefined || !row) return null
          const isApart = place < from || place >= until
          return (
            <WaterfallRowView
              // the element of a row that left is the next one's: nothing is made while it scrolls
              key={isApart ? 'active' : place % (until - from)}
              id={`${treeId}-${index}`}
              index={index}
              top={place * ROW_HEIGHT}
              row={row}
              folded={folded.has(row.span.id)}
              active={index === active}
              selected={index === selected}
            />
          )
        })}
      </div>
    </div>
  )
}
