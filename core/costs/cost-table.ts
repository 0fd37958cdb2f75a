import type { CostQuery, CostSum, CostTable, OnDevicePower } from '../contract/costs.ts'
import { localDay, nextStart, startOf } from '../lib/calendar.ts'
import { type CostNames, keyOf, labelOf, labelWithoutKey } from './cost-dimensions.ts'
import { bucketsOf, type LocalPeriod, localPeriod } from './cost-period.ts'
import type { CostFilter, CostRepository, GroupSums } from './cost-repository.ts'
import { addSum, emptySum } from './cost-sum.ts'
import { wattHoursOf } from './on-device-power.ts'

type Row = CostSum & Pick<CostTable['rows'][number], 'key' | 'label'>
type Query = Omit<CostQuery, 'limit'> & { limit?: number }

/** Sums of a period, in all and by one dimension. */
export function costTable(
  repository: CostRepository,
  names: CostNames,
  { by, limit, ...query }: Query,
  now: number,
  onDevicePower: OnDevicePower | null
): CostTable {
  const period = localPeriod(query, now)
  const groups = repository.groups(period, query)
  const total = sumOf(groups)
  const rows = rowsOf(repository, names, by, period, query, { groups, total }, now)
  const withEnergy = <T extends CostSum>(sum: T) => ({
    ...sum,
    onDeviceWattHours: wattHoursOf(sum.onDeviceMs, onDevicePower)
  })
  return {
    from: period.firstDay,
    until: period.endDay,
    onDevicePower,
    total: withEnergy(total),
    rows: rows.slice(0, limit).map(withEnergy)
  }
}

function rowsOf(
  repository: CostRepository,
  names: CostNames,
  by: CostQuery['by'],
  period: LocalPeriod,
  filter: CostFilter,
  { groups, total }: { groups: GroupSums[]; total: CostSum },
  now: number
): Row[] {
  if (by === 'day') return dayRows(repository, period, filter, now)
  if (by === 'session') {
    const named = repository
      .sessions(period, filter)
      .map(({ session, ...sum }) => ({ key: session, label: session, ...sum }))
    return sorted([...named, ...restOf(total, named)])
  }
  const rows = new Map<string | null, Row>()
  for (const group of groups) {
    const key = keyOf(group, by)
    const row = rows.get(key) ?? { key, label: labelOf(group, by, names), ...emptySum() }
    addSum(row, withFailures(group))
    rows.set(key, row)
  }
  return sorted([...rows.values()])
}

/** The days with calls, oldest first. */
function dayRows(repository: CostRepository, period: LocalPeriod, filter: CostFilter, now: number): Row[] {
  const first = repository.firstCallAt()
  if (first === null) return []
  const span = {
    from: Math.max(period.from, startOf(first, 'day')),
    until: Math.min(period.until, nextStart(now, 'day'))
  }
  return bucketsOf(span, 'day').flatMap((day) => {
    const sum = sumOf(repository.groups(day, filter))
    const name = localDay(day.from)
    return sum.calls === 0 ? [] : [{ key: name, label: name, ...sum }]
  })
}

/** What is left of the total beside these rows, as a row without a key. */
function restOf(total: CostSum, rows: readonly Row[]): Row[] {
  const rest = { ...total }
  for (const row of rows) addSum(rest, row, -1)
  return rest.calls === 0 ? [] : [{ key: null, label: labelWithoutKey('session'), ...rest }]
}

/** All groups in one sum. */
function sumOf(groups: readonly GroupSums[]): CostSum {
  const sum = emptySum()
  for (const group of groups) addSum(sum, withFailures(group))
  return sum
}

/** A call that its client broke off did not fail. */
const withFailures = (group: GroupSums): CostSum => ({
  ...group,
  failedCalls: group.status === 'error' || group.status === 'cut' ? group.calls : 0
})

/** Most expensive first; what cost the same, by how often it was called. */
const sorted = (rows: Row[]): Row[] =>
  rows.sort((a, b) => b.nanoUsd - a.nanoUsd || b.calls - a.calls || a.label.localeCompare(b.label))
