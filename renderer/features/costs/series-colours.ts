import type { CostSeries } from '../../../core/contract/costs.ts'

/** So many series get a colour of their own; the rest is one, in grey. */
export const OWN_SERIES = 5

const own = [
  { fill: 'fill-data-1', ground: 'bg-data-1' },
  { fill: 'fill-data-2', ground: 'bg-data-2' },
  { fill: 'fill-data-3', ground: 'bg-data-3' },
  { fill: 'fill-data-4', ground: 'bg-data-4' },
  { fill: 'fill-data-5', ground: 'bg-data-5' }
]
const rest = { fill: 'fill-data-6', ground: 'bg-data-6' }

export function colourOf(series: CostSeries['series'][number] | undefined, index: number) {
  return series?.key == null ? rest : (own[index] ?? rest)
}
