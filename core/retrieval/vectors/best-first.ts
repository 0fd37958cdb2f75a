/**
 * Positions of scores from the highest down, sorted only as far as the caller goes: of thousands, searches want a hundred.
 */
export function* bestFirst(scores: Float32Array): Generator<number> {
  const heap = Uint32Array.from(scores.keys())
  const at = (index: number): number => heap[index] ?? 0
  const scoreAt = (index: number): number => scores[at(index)] ?? 0

  const sink = (from: number, size: number): void => {
    const position = at(from)
    const score = scoreAt(from)
    let index = from
    for (let child = 2 * index + 1; child < size; child = 2 * index + 1) {
      if (child + 1 < size && scoreAt(child + 1) > scoreAt(child)) child += 1
      if (scoreAt(child) <= score) break
      heap[index] = at(child)
      index = child
    }
    heap[index] = position
  }

  for (let index = (heap.length >> 1) - 1; index >= 0; index--) sink(index, heap.length)
  for (let size = heap.length - 1; size >= 0; size--) {
    yield at(0)
    heap[0] = at(size)
    sink(0, size)
  }
}
