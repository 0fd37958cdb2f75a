import { setImmediate as otherWork } from 'node:timers/promises'
import type { CostSeries, CostSeriesQuery } from '../contract/costs.ts'
import { type CostNames, keyOf, labelOf } from './cost-dimensions.ts'
import { bucketsOf, localPeriod } from './cost-period.ts'
import type { CostRepository } from './cost-repository.ts'

type Series = CostSeries['series'][number]

/** What was spent in each step of a period, the most expensive keys apart and the rest as one. */
export async function costSeries(
  repository: CostRepository,
  names: CostNames,
  { by, bucket, series: count, ...query }: CostSeriesQuery,
  now: number
): Promise<CostSeries> {
  const period = localPeriod(query, now)
  const buckets = bucketsOf(period, bucket)
  const byKey = new Map<string | null, Series & { total: number }>()
  const byGroup = new Map<number, Series>()
  for (const group of repository.groups(period, query)) {
    const key = keyOf(group, by)
    const one = byKey.get(key) ?? { key, label: labelOf(group, by, names), nanoUsd: zeros(buckets), total: 0 }
    one.total += group.nanoUsd
    byKey.set(key, one)
    byGroup.set(group.id, one)
  }
  for (const [index, span] of buckets.entries()) {
    await otherWork()
    for (const { id, nanoUsd } of repository.spent(span, query)) {
      const values = byGroup.get(id)?.nanoUsd
      if (values) values[index] = (values[index] ?? 0) + nanoUsd
    }
  }
  const ranked = [...byKey.values()].filter(({ total }) => total > 0).sort((a, b) => b.total - a.total)
  const named = ranked.filter(({ key }) => key !== null).slice(0, count)
  const rest = ranked.filter((one) => !named.includes(one))
  return {
    from: period.firstDay,
    until: period.endDay,
    buckets: buckets.map(({ from }) => from),
    series: [
      ...named.map(({ key, label, nanoUsd }) => ({ key, label, nanoUsd })),
      ...(rest.length === 0 ? [] : [asOne(rest, zeros(buckets))])
    ]
  }
}

function asOne(rest: readonly Series[], empty: number[]): Series {
  const nanoUsd = empty.map((_, index) => rest.reduce((sum, one) => sum + (one.nanoUsd[index] ?? 0), 0))
  const [only] = rest
  return { key: null, label: rest.length === 1 && only ? only.label : 'Other', nanoUsd }
}

const zeros = (buckets: readonly unknown[]): number[] => buckets.map(() => 0)
