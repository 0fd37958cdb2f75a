import { useState } from 'react'
import type { PriceRow } from '../../../../core/contract/prices.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { priceOverrides } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Notice } from '../../../components/notice.tsx'
import { isOwn, priceColumns, rateRows, unitRows, validityWords } from './price-words.ts'

interface PriceDialogProps {
  /** Null: closed. */
  row: PriceRow | null
  onClose: () => void
  onOverride: (row: PriceRow) => void
  /** A price of one's own was taken back. */
  onChanged: () => void
}

/** All there is to know of one price. */
export function PriceDialog({ row, onClose, onOverride, onChanged }: PriceDialogProps) {
  return (
    <Dialog open={row !== null} onClose={onClose} title={row ? `${row.vendor}/${row.model}` : ''} width={620}>
      {row && <PriceDetails row={row} onClose={onClose} onOverride={onOverride} onChanged={onChanged} />}
    </Dialog>
  )
}

function PriceDetails({ row, onClose, onOverride, onChanged }: PriceDialogProps & { row: PriceRow }) {
  const [error, setError] = useState<string | null>(null)
  const units = unitRows(row.units)
  const validity = validityWords(row)
  const takeBack = async (): Promise<void> => {
    const { vendor, model, from } = row
    const problem = await attempt(async () => {
      await daemon.invoke('DELETE /app/prices/overrides', { query: { vendor, model, ...(from && { from }) } })
      await priceOverrides.refresh()
    })
    setError(problem)
    if (problem !== null) return
    onChanged()
    onClose()
  }
  return (
    <div className="flex flex-col gap-5">
      <RatesTable row={row} />
      {units.length > 0 && (
        <dl className="text-s">
          {units.map(({ label, price }) => (
            <div key={label} className="flex h-8 items-center justify-between border-b border-line">
              <dt className="text-text-2">{label}</dt>
              <dd>{price}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="text-s text-text-2">
        {isOwn(row) ? `Set by you on ${row.date}` : `From ${row.source}, ${row.date}`}
        {validity && `; applies ${validity}`}.
      </p>
      {row.disagreement !== undefined && <Notice tone="warn">Others say: {row.disagreement}</Notice>}
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex justify-end gap-2">
        {isOwn(row) && (
          <Button look="danger" onClick={() => void takeBack()}>
            Use the table’s again
          </Button>
        )}
        <Button look="primary" onClick={() => onOverride(row)}>
          {isOwn(row) ? 'Change' : 'Set your own price'}
        </Button>
      </div>
    </div>
  )
}

function RatesTable({ row }: { row: PriceRow }) {
  const columns = priceColumns(row)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label="Rates" className="overflow-x-auto rounded-md">
      <table className="w-full text-s">
        <thead>
          <tr className="h-8 border-b border-line text-right text-xs text-text-3">
            <th scope="col" className="text-left font-medium">
              A million tokens
            </th>
            {columns.map(({ head }) => (
              <th key={head} scope="col" className="pl-5 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rateRows(columns).map(({ label, cells }) => (
            <tr key={label} className="h-8 border-b border-line text-right">
              <th scope="row" className="text-left font-normal whitespace-nowrap text-text-2">
                {label}
              </th>
              {columns.map(({ head }, index) => (
                <td key={head} className="pl-5 whitespace-nowrap">
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
