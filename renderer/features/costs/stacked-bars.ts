import type { CostSeries, Forecast } from '../../../core/contract/costs.ts'

/** One piece of a column, in nano-USD from the ground. */
export interface Piece {
  series: number
  from: number
  to: number
}

export interface Column {
  /** The bucket's start, milliseconds UTC. */
  at: number
  total: number
  /** From the ground up; nothing has no piece. */
  pieces: Piece[]
  /** What is still expected to come on top. */
  expected: number
}

/** The series piled up, one column a bucket. `forecast` has the days that are not over. */
export function stack({ buckets, series }: CostSeries, forecast: Forecast['days'] = []): Column[] {
  const expected = new Map(forecast.map(({ start, nanoUsd }) => [start, nanoUsd]))
  return buckets.map((at, bucket) => {
    let total = 0
    const pieces: Piece[] = []
    series.forEach(({ nanoUsd }, index) => {
      const value = nanoUsd[bucket] ?? 0
      if (value > 0) pieces.push({ series: index, from: total, to: total + value })
      total += value
    })
    return { at, total, pieces, expected: expected.get(at) ?? 0 }
  })
}

/** Round marks from 0 to the first one that nothing is above: steps of 1, 2 or 5, four at most. */
export function axisMarks(highest: number): number[] {
  if (highest <= 0) return [0]
  const power = 10 ** Math.floor(Math.log10(highest / 4))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 4 >= highest) ?? highest
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, index) => Math.round(index * step))
}

/** How many columns stand between two that are labelled, so that labels of this width do not touch. */
export function labelEvery(columns: number, width: number, labelWidth: number): number {
  return Math.max(1, Math.ceil((columns * labelWidth) / Math.max(1, width)))
}
