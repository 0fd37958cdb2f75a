/** The best of what is offered, a fixed number of them, as a heap whose root is the worst. */
export interface TopCandidates<T> {
  /** What an offer has to exceed; -Infinity until the heap is full. */
  readonly floor: number
  offer(score: number, item: T): void
  /** In no order. */
  items(): T[]
}

export function topCandidates<T>(limit: number): TopCandidates<T> {
  const heap: { score: number; item: T }[] = []
  const scoreAt = (index: number) => heap[index]?.score ?? Number.POSITIVE_INFINITY

  const swap = (a: number, b: number): void => {
    const [first, second] = [heap[a], heap[b]]
    if (!first || !second) return
    heap[a] = second
    heap[b] = first
  }
  const rise = (from: number): void => {
    for (let index = from; index > 0; ) {
      const parent = (index - 1) >> 1
      if (scoreAt(parent) <= scoreAt(index)) return
      swap(parent, index)
      index = parent
    }
  }
  const sink = (): void => {
    for (let index = 0; ; ) {
      const left = 2 * index + 1
      const child = scoreAt(left + 1) < scoreAt(left) ? left + 1 : left
      if (scoreAt(index) <= scoreAt(child)) return
      swap(index, child)
      index = child
    }
  }

  return {
    get floor() {
      return heap.length < limit ? Number.NEGATIVE_INFINITY : scoreAt(0)
    },
    offer(score, item) {
      if (heap.length < limit) {
        heap.push({ score, item })
        rise(heap.length - 1)
      } else if (score > scoreAt(0)) {
        heap[0] = { score, item }
        sink()
      }
    },
    items: () => heap.map(({ item }) => item)
  }
}
