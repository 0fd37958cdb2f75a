import type { WaterfallRow } from './waterfall-layout.ts'

/** What a key does in the tree: the row to go to, or the row to fold or unfold. */
export type TreeMove = { go: number } | { fold: number } | { unfold: number }

const PAGE_ROWS = 10

/**
 * What a key does, as https://www.w3.org/WAI/ARIA/apg/patterns/treeview/ has it. `shown` are the rows in sight, `active`
 * is one of them; both are places in the whole list. Null for a key that does nothing.
 */
export function moveInTree(
  key: string,
  rows: readonly WaterfallRow[],
  shown: readonly number[],
  active: number
): TreeMove | null {
  const row = rows[active]
  if (!row) return null
  const at = placeIn(shown, active)
  const isFolded = row.descendants > 0 && shown[at + 1] !== active + 1
  const goTo = (place: number): TreeMove | null => {
    const index = shown[Math.min(Math.max(place, 0), shown.length - 1)]
    return index === undefined || index === active ? null : { go: index }
  }
  switch (key) {
    case 'ArrowDown':
      return goTo(at + 1)
    case 'ArrowUp':
      return goTo(at - 1)
    case 'PageDown':
      return goTo(at + PAGE_ROWS)
    case 'PageUp':
      return goTo(at - PAGE_ROWS)
    case 'Home':
      return goTo(0)
    case 'End':
      return goTo(shown.length - 1)
    case 'ArrowRight':
      if (isFolded) return { unfold: active }
      return row.descendants > 0 ? goTo(at + 1) : null
    case 'ArrowLeft':
      if (row.descendants > 0 && !isFolded) return { fold: active }
      return row.parent === null ? null : { go: row.parent }
    default:
      return null
  }
}

/** Where a row stands among those in sight; they are in ascending order. */
export function placeIn(shown: readonly number[], index: number): number {
  let low = 0
  let high = shown.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shown[middle] ?? 0) < index) low = middle + 1
    else high = middle
  }
  return low
}
