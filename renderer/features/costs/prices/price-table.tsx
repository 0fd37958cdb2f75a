import { Split } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PriceRow } from '../../../../core/contract/prices.ts'
import { classNames } from '../../../components/class-names.ts'
import { formatUsdExact } from '../../../components/format/money.ts'
import { rowKey, unitRows, validityWords } from './price-words.ts'

const columns: readonly { head: string; className: string; cell: (row: PriceRow) => ReactNode }[] = [
  { head: 'Input', className: 'w-[92px] text-right', cell: ({ rates }) => formatUsdExact(rates.input) },
  {
    head: 'Cache read',
    className: 'w-[92px] text-right max-[980px]:hidden',
    cell: ({ rates }) => formatUsdExact(rates.cacheRead)
  },
  { head: 'Output', className: 'w-[92px] text-right', cell: ({ rates }) => formatUsdExact(rates.output) },
  {
    head: 'Also',
    className: 'w-[112px] truncate pl-6 text-text-3 max-[1100px]:hidden',
    cell: (row) => <span title={alsoWords(row)}>{alsoWords(row)}</span>
  },
  {
    head: 'Source',
    className: 'w-[220px] pl-6 max-[860px]:w-[180px]',
    cell: ({ source, date, disagreement }) => (
      <span className="flex items-center gap-1.5">
        <span className="truncate" title={`${source}, ${date}`}>
          {source === 'you' ? 'you' : source}
          <span className="text-text-3">, {date}</span>
        </span>
        {disagreement !== undefined && (
          <Split
            role="img"
            aria-label="Other sources disagree"
            className="size-3.5 shrink-0 text-warn-text"
          />
        )}
      </span>
    )
  }
]

interface PriceTableProps {
  label: string
  rows: readonly PriceRow[]
  onOpen: (row: PriceRow) => void
}

/** Prices under each other; a name opens all there is to know of one. */
export function PriceTable({ label, rows, onOpen }: PriceTableProps) {
  return (
    <table aria-label={label} className="w-full table-fixed text-s">
      <thead>
        <tr className="h-8 border-b border-line text-left text-xs text-text-3">
          <th scope="col" className="font-medium">
            Model
          </th>
          {columns.map(({ head, className }) => (
            <th key={head} scope="col" className={classNames('font-medium', className)}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className="h-[38px] border-b border-line text-text-2">
            <th scope="row" className="truncate pr-3 text-left font-normal">
              <button
                type="button"
                onClick={() => onOpen(row)}
                title={`${row.vendor}/${row.model}`}
                className="max-w-full truncate rounded-sm text-left hover:underline"
              >
                <span className="text-text-3">{row.vendor}/</span>
                <span className="text-text-1">{row.model}</span>
              </button>
            </th>
            {columns.map(({ head, className, cell }) => (
              <td key={head} className={className}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the columns do not show: other rates, pieces, dates. */
function alsoWords(row: PriceRow): string {
  const parts = [
    ...(row.steps.length > 0 ? ['long prompts'] : []),
    ...Object.keys(row.tiers),
    ...unitRows(row.units).map(({ label }) => label.toLowerCase()),
    validityWords(row)
  ].filter(Boolean)
  return parts.join(', ')
}
