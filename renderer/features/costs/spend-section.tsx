import { ChartColumn, Table } from 'lucide-react'
import { useState } from 'react'
import type { CostSeries, Forecast } from '../../../core/contract/costs.ts'
import { useResource } from '../../client/resource.ts'
import { costForecast } from '../../client/resources.ts'
import { useAnswer } from '../../client/use-answer.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { formatUsd, formatUsdExact } from '../../components/format/money.ts'
import { Notice } from '../../components/notice.tsx'
import type { Period } from './period.ts'
import { colourOf, OWN_SERIES } from './series-colours.ts'
import { SeriesTable } from './series-table.tsx'
import { SpendChart } from './spend-chart.tsx'
import type { View } from './view.ts'

/** Spending over time, as a picture or as figures. */
export function SpendSection({ view, period }: { view: View; period: Period }) {
  const [figures, setFigures] = useState(false)
  // it is about all calls of the month that runs
  const isForecast = view.period === 'month' && Object.keys(view.only).length === 0
  const days = useResource(costForecast).data?.days ?? []
  const forecast = isForecast ? days : []
  const { data, error, refresh } = useAnswer(
    'GET /app/costs/series',
    { query: { by: view.by, ...period, ...view.only, series: OWN_SERIES } },
    'trace-recorded'
  )
  if (data === null) {
    return error ? (
      <Notice tone="bad" action={<Button onClick={refresh}>Try again</Button>}>
        {error}
      </Notice>
    ) : (
      <div role="status" aria-label="Loading" className="h-[266px]" />
    )
  }
  return (
    <section aria-label="Spend over time" className="flex flex-col gap-3">
      {figures ? (
        <SeriesTable data={data} bucket={period.bucket} />
      ) : (
        <SpendChart data={data} bucket={period.bucket} forecast={forecast} />
      )}
      <div className="flex items-start gap-4">
        <Legend data={data} forecast={figures ? [] : forecast} />
        <IconButton
          small
          label={figures ? 'Show as a chart' : 'Show as a table'}
          onClick={() => setFigures(!figures)}
        >
          {figures ? <ChartColumn /> : <Table />}
        </IconButton>
      </div>
    </section>
  )
}

function Legend({ data, forecast }: { data: CostSeries; forecast: Forecast['days'] }) {
  const expected = forecast.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0)
  return (
    <ul aria-label="Series" className="flex min-w-0 flex-1 flex-wrap gap-x-5 gap-y-1 text-s text-text-2">
      {data.series.map((series, index) => {
        const sum = series.nanoUsd.reduce((total, value) => total + value, 0)
        return (
          <li key={series.key ?? ''} className="inline-flex min-w-0 items-center gap-2">
            <span className={`size-2 shrink-0 rounded-[2px] ${colourOf(series, index).ground}`} />
            <span className="truncate">{series.label}</span>
            <span className="text-text-3" title={formatUsdExact(sum)}>
              {formatUsd(sum)}
            </span>
          </li>
        )
      })}
      {expected > 0 && (
        <li className="inline-flex items-center gap-2">
          <span className="size-2.5 shrink-0 rounded-[2px] border border-dashed border-text-3" />
          <span>Expected</span>
          <span className="text-text-3" title={formatUsdExact(expected)}>
            {formatUsd(expected)}
          </span>
        </li>
      )}
    </ul>
  )
}
