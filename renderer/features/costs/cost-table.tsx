import { ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CostSum, CostTable as Costs } from '../../../core/contract/costs.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { formatRoute, navigate } from '../../client/route.ts'
import { IconButton } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { formatCount, formatShortCount } from '../../components/format/tokens.ts'
import { appFilter } from './app-name.ts'
import { cachedPercent, sumDetails, sumWords } from './cost-words.ts'
import { groupingLabels, noneLabels } from './grouping-words.ts'
import type { Period } from './period.ts'
import { activityQuery, narrow, type View, viewQuery } from './view.ts'

const columns: readonly { head: string; className: string; cell: (sum: CostSum) => ReactNode }[] = [
  { head: 'Calls', className: 'w-[72px]', cell: ({ calls }) => formatCount(calls) },
  {
    head: 'Failed',
    className: 'w-[68px] max-[1100px]:hidden',
    cell: ({ failedCalls }) => (failedCalls === 0 ? <Nothing /> : formatCount(failedCalls))
  },
  {
    head: 'Tokens in',
    className: 'w-[88px]',
    cell: ({ inputTokens }) => <span title={formatCount(inputTokens)}>{formatShortCount(inputTokens)}</span>
  },
  {
    head: 'Cached',
    className: 'w-[76px] max-[980px]:hidden',
    cell: (sum) => {
      const percent = cachedPercent(sum)
      return percent === null ? <Nothing /> : `${percent} %`
    }
  },
  {
    head: 'Tokens out',
    className: 'w-[92px]',
    cell: ({ outputTokens }) => (
      <span title={formatCount(outputTokens)}>{formatShortCount(outputTokens)}</span>
    )
  },
  {
    head: 'No price',
    className: 'w-[80px] max-[980px]:hidden',
    cell: ({ unknownPriceCalls }) =>
      unknownPriceCalls === 0 ? (
        <Nothing />
      ) : (
        <span className="text-warn-text">{formatCount(unknownPriceCalls)}</span>
      )
  },
  {
    head: 'Cost',
    className: 'w-[96px]',
    cell: (sum) => (
      <span title={sumDetails(sum)} className="font-medium text-text-1">
        {sumWords(sum)}
      </span>
    )
  }
]

interface CostTableProps {
  costs: Costs
  view: View
  period: Period
}

/** Sums, the most expensive first. A name opens the calls behind it. */
export function CostTable({ costs, view, period }: CostTableProps) {
  const keys = useResource(appKeys).data ?? []
  const filterOf = (appId: string): string => appFilter(appId, keys)
  return (
    <table
      aria-label={`Costs by ${groupingLabels[view.by].toLowerCase()}`}
      className="w-full table-fixed text-s"
    >
      <thead>
        <tr className="h-8 border-b border-line text-right text-xs text-text-3">
          <th scope="col" className="text-left font-medium">
            {groupingLabels[view.by]}
          </th>
          {columns.map(({ head, className }) => (
            <th key={head} scope="col" className={classNames('font-medium', className)}>
              {head}
            </th>
          ))}
          <th scope="col" className="w-9">
            <span className="sr-only">Narrow</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {costs.rows.map((row) => (
          <tr key={row.key ?? ''} className="h-[38px] border-b border-line text-right text-text-2">
            <th scope="row" className="truncate pr-3 text-left font-normal text-text-1">
              <a
                href={formatRoute({
                  screen: 'activity',
                  id: null,
                  query: activityQuery(view, row.key, period, filterOf)
                })}
                title={`Show the calls of ${row.key === null ? noneLabels[view.by] : row.label} in Activity`}
                className="cursor-default rounded-sm hover:underline"
              >
                {row.key === null ? (
                  <span className="text-text-3">{noneLabels[view.by]}</span>
                ) : (
                  <Label by={view.by} label={row.label} />
                )}
              </a>
            </th>
            <Cells sum={row} />
            <td>
              {row.key !== null && (
                <IconButton
                  small
                  label={`Only ${row.label}`}
                  className="ml-auto"
                  onClick={() => navigate('costs', null, viewQuery(narrow(view, row.key ?? '')))}
                >
                  <ListFilter />
                </IconButton>
              )}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="h-[38px] text-right text-text-2">
          <th scope="row" className="text-left font-medium text-text-1">
            All
          </th>
          <Cells sum={costs.total} />
          <td />
        </tr>
      </tfoot>
    </table>
  )
}

/** A model with its provider, which is the lesser part of its name. */
function Label({ by, label }: { by: View['by']; label: string }) {
  const slash = by === 'model' ? label.indexOf('/') + 1 : 0
  if (slash === 0) return label
  return (
    <>
      <span className="text-text-3">{label.slice(0, slash)}</span>
      {label.slice(slash)}
    </>
  )
}

function Cells({ sum }: { sum: CostSum }) {
  return columns.map(({ head, className, cell }) => (
    <td key={head} className={className}>
      {cell(sum)}
    </td>
  ))
}

function Nothing() {
  return <span className="text-text-3">–</span>
}
