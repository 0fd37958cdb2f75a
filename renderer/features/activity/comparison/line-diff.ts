/** One line of two texts laid over each other, with its numbers in each, from 1. */
export type DiffLine =
  | { kind: 'same'; text: string; left: number; right: number }
  | { kind: 'removed'; text: string; left: number }
  | { kind: 'added'; text: string; right: number }

/** Beyond so many changes it takes too long to find the fewest: what lies between is then replaced as a whole. */
const MOST_CHANGES = 1000

/** Turns `left` into `right` with the fewest removed and added lines. */
export function diffLines(left: string, right: string): DiffLine[] {
  const a = left.split('\n')
  const b = right.split('\n')
  const begin = commonPrefix(a, b)
  const end = commonSuffix(a, b, begin)
  const lines: DiffLine[] = []
  const same = (i: number, j: number): void => {
    lines.push({ kind: 'same', text: a[i] ?? '', left: i + 1, right: j + 1 })
  }
  let i = 0
  let j = 0
  const removeUntil = (until: number): void => {
    for (; i < until; i++) lines.push({ kind: 'removed', text: a[i] ?? '', left: i + 1 })
  }
  const addUntil = (until: number): void => {
    for (; j < until; j++) lines.push({ kind: 'added', text: b[j] ?? '', right: j + 1 })
  }
  for (; i < begin; i++, j++) same(i, j)
  for (const [x, y] of matches(a.slice(begin, a.length - end), b.slice(begin, b.length - end))) {
    removeUntil(begin + x)
    addUntil(begin + y)
    same(i++, j++)
  }
  removeUntil(a.length - end)
  addUntil(b.length - end)
  for (; i < a.length; i++, j++) same(i, j)
  return lines
}

function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function commonSuffix(a: readonly string[], b: readonly string[], begin: number): number {
  let length = 0
  const most = Math.min(a.length, b.length) - begin
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++
  return length
}

/**
 * The lines that a shortest edit keeps, as pairs of their places: E. Myers, “An O(ND) Difference Algorithm and Its
 * Variations” (1986), greedy. None where more than `MOST_CHANGES` are needed.
 */
function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  const most = Math.min(a.length + b.length, MOST_CHANGES)
  // furthest[k] is how far down `a` the best path on diagonal k = x - y has come; one copy for each number of changes
  const furthest = new Int32Array(2 * most + 3)
  const middle = most + 1
  const history: Int32Array[] = []
  for (let changes = 0; changes <= most; changes++) {
    history.push(furthest.slice(middle - changes - 1, middle + changes + 2))
    for (let k = -changes; k <= changes; k += 2) {
      let x = startOf(furthest, middle + k, cameDown(furthest, middle + k, k, changes))
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++
      furthest[middle + k] = x
      if (x >= a.length && x - k >= b.length) return walkBack(history, a.length, b.length)
    }
  }
  return []
}

/** Whether the best path to a diagonal adds a line, coming from the one above; else it removes one. */
function cameDown(furthest: Int32Array, at: number, k: number, changes: number): boolean {
  return k === -changes || (k !== changes && (furthest[at - 1] ?? 0) < (furthest[at + 1] ?? 0))
}

const startOf = (furthest: Int32Array, at: number, down: boolean): number =>
  down ? (furthest[at + 1] ?? 0) : (furthest[at - 1] ?? 0) + 1

function walkBack(history: readonly Int32Array[], lengthA: number, lengthB: number): [number, number][] {
  const kept: [number, number][] = []
  let x = lengthA
  let y = lengthB
  for (const [changes, before] of [...history.entries()].reverse()) {
    const at = x - y + changes + 1
    const down = cameDown(before, at, x - y, changes)
    const start = startOf(before, at, down)
    while (x > start) kept.push([--x, --y])
    if (down) y--
    else x--
  }
  return kept.reverse()
}

/** A run of equal lines that need not be read. */
export interface DiffGap {
  kind: 'gap'
  lines: DiffLine[]
}

/** Leaves out equal lines that are more than `context` lines away from a change. */
export function foldEqual(lines: readonly DiffLine[], context = 3): (DiffLine | DiffGap)[] {
  const folded: (DiffLine | DiffGap)[] = []
  for (let index = 0; index < lines.length; ) {
    let end = index
    while (lines[end]?.kind === 'same') end++
    const from = index === 0 ? 0 : index + context
    const until = end === lines.length ? end : end - context
    // a gap of one line is no shorter than the line
    if (until - from > 1) {
      folded.push(...lines.slice(index, from), { kind: 'gap', lines: lines.slice(from, until) })
      folded.push(...lines.slice(until, end))
    } else folded.push(...lines.slice(index, end))
    const changed = lines[end]
    if (changed) folded.push(changed)
    index = end + 1
  }
  return folded
}
