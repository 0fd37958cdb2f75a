import type { CostSeries, CostSeriesQuery } from '../../../core/contract/costs.ts'
import { formatUsd, formatUsdExact } from '../../components/format/money.ts'
import { longBucket } from './bucket-words.ts'
import { stack } from './stacked-bars.ts'

/** What the chart shows, as figures; the newest first. */
export function SeriesTable({ data, bucket }: { data: CostSeries; bucket: CostSeriesQuery['bucket'] }) {
  const columns = stack(data).filter(({ total }) => total > 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label="Spend over time" className="max-h-80 overflow-auto rounded-md">
      <table className="w-full text-s">
        <thead>
          <tr className="h-8 border-b border-line text-right text-xs text-text-3">
            <th scope="col" className="text-left font-medium">
              When
            </th>
            <th scope="col" className="pl-4 font-medium">
              Sum
            </th>
            {data.series.map(({ key, label }) => (
              <th key={key ?? ''} scope="col" className="max-w-32 truncate pl-4 font-medium" title={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.toReversed().map(({ at, total, pieces }) => (
            <tr key={at} className="h-8 border-b border-line text-right">
              <th scope="row" className="text-left font-normal whitespace-nowrap">
                {longBucket(at, bucket)}
              </th>
              <td className="pl-4 font-medium" title={formatUsdExact(total)}>
                {formatUsd(total)}
              </td>
              {data.series.map(({ key }, index) => {
                const piece = pieces.find(({ series }) => series === index)
                return (
                  <td key={key ?? ''} className="pl-4 text-text-2">
                    {piece ? formatUsd(piece.to - piece.from) : '–'}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
