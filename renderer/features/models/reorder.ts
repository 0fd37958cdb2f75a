/** The list with one item elsewhere. A place outside of it leaves the list as it was. */
export function moveItem<T>(items: readonly T[], from: number, to: number): T[] {
  const moved = items[from]
  if (moved === undefined || to < 0 || to >= items.length) return [...items]
  const rest = items.filter((_, index) => index !== from)
  return [...rest.slice(0, to), moved, ...rest.slice(to)]
}

/** Where an item held at height `y` belongs: after every other item whose middle is above it. */
export function placeAt(y: number, from: number, middles: readonly number[]): number {
  return middles.filter((middle, index) => index !== from && middle < y).length
}
