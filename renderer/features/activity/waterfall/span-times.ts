import type { WaterfallRow } from './waterfall-layout.ts'

/** For how long none of the spans directly below was running, in microseconds. */
export function ownTimeUs(rows: readonly WaterfallRow[], index: number): number {
  const row = rows[index]
  if (!row) return 0
  const { startUs, durationUs } = row.span
  const endUs = startUs + durationUs
  let covered = 0
  let reached = startUs
  // children stand in the order in which they began, each after all that is below the one before
  for (let at = index + 1; at <= index + row.descendants; at += 1 + (rows[at]?.descendants ?? 0)) {
    const child = rows[at]?.span
    if (!child) break
    const from = Math.max(child.startUs, reached)
    const until = Math.min(child.startUs + child.durationUs, endUs)
    covered += Math.max(0, until - from)
    reached = Math.max(reached, until)
  }
  return durationUs - covered
}
