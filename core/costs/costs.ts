import { setImmediate as otherWork } from 'node:timers/promises'
import type {
  CostCsvQuery,
  CostQuery,
  CostSeries,
  CostSeriesQuery,
  CostTable,
  Forecast,
  OnDevicePower,
  Savings,
  WhatIf,
  WhatIfRequest
} from '../contract/costs.ts'
import { nextStart, startOf, type TimeSpan } from '../lib/calendar.ts'
import type { Store } from '../store/store.ts'
import type { BookedCall } from './booked-call.ts'
import { callsOf } from './booked-calls.ts'
import { callCsv, callsCsvHead, tableCsv } from './cost-csv.ts'
import type { CostNames } from './cost-dimensions.ts'
import { bucketsOf, localPeriod } from './cost-period.ts'
import { CostRepository } from './cost-repository.ts'
import { costSeries } from './cost-series.ts'
import { costTable } from './cost-table.ts'
import { type DaySpending, forecastHistory, forecastMonth } from './forecast.ts'
import { savingsOf } from './savings.ts'
import { type WhatIfParts, whatIf } from './what-if.ts'

export interface CostsOptions extends WhatIfParts {
  store: Pick<Store, 'homeport'>
  names: CostNames
  /** What this machine draws while a model answers; null where nobody knows. */
  onDevicePower(): OnDevicePower | null
  /** Milliseconds UTC. */
  now?: () => number
}

/** What calls cost, asked in all ways. Periods are local days; all money is integer nano-USD. */
export interface Costs {
  table(query: CostQuery): CostTable
  series(query: CostSeriesQuery): Promise<CostSeries>
  forecast(): Promise<Forecast>
  savings(period: { from?: string | undefined; until?: string | undefined }): Savings
  whatIf(request: WhatIfRequest): Promise<WhatIf>
  /** RFC 4180. */
  csv(query: CostCsvQuery): Promise<string>
  /** Calls begun from one time to before another (milliseconds UTC), oldest first, a page after another. */
  pages(from: number, until: number): Iterable<readonly BookedCall[]>
}

/** Opens the ledger for reading. */
export function openCosts({ store, names, onDevicePower, now = Date.now, ...parts }: CostsOptions): Costs {
  const repository = new CostRepository(store.homeport)
  const table = (query: Omit<CostQuery, 'limit'> & { limit?: number }): CostTable =>
    costTable(repository, names, query, now(), onDevicePower())
  return {
    table,
    series: (query) => costSeries(repository, names, query, now()),
    forecast: () => forecastOf(repository, now()),
    savings: (period) => savingsOf(repository.groups(localPeriod(period, now()), {}), parts.price, now()),
    whatIf: ({ instead, ...query }) =>
      whatIf(callsOf(repository.pages(localPeriod(query, now()), query)), instead, parts, now()),
    async csv({ calls, ...query }) {
      if (calls !== 'true') return tableCsv(table(query))
      const lines = [callsCsvHead()]
      for await (const call of callsOf(repository.pages(localPeriod(query, now()), query)))
        lines.push(callCsv(call))
      return lines.join('')
    },
    pages: (from, until) => repository.pages({ from, until }, {})
  }
}

async function forecastOf(repository: CostRepository, now: number): Promise<Forecast> {
  const spent = (span: TimeSpan): number =>
    repository.spent(span, {}).reduce((sum, { nanoUsd }) => sum + nanoUsd, 0)
  const today = startOf(now, 'day')
  const first = repository.firstCallAt()
  const history = forecastHistory(now)
  // the day of the first call was not a whole one
  const from = first === null ? history.until : Math.max(history.from, nextStart(first, 'day'))
  const days: DaySpending[] = []
  for (const day of bucketsOf({ from, until: history.until }, 'day')) {
    await otherWork()
    days.push({ start: day.from, nanoUsd: spent(day) })
  }
  return forecastMonth(
    spent({ from: startOf(today, 'month'), until: nextStart(today, 'month') }),
    { start: today, nanoUsd: spent({ from: today, until: nextStart(today, 'day') }) },
    days
  )
}
