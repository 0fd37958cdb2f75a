import { Plus, RefreshCcw } from 'lucide-react'
import { useState } from 'react'
import type { PriceRow } from '../../../../core/contract/prices.ts'
import { useResource } from '../../../client/resource.ts'
import { priceOverrides } from '../../../client/resources.ts'
import { useAnswer } from '../../../client/use-answer.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { Page, Section } from '../../../components/screen-layout.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { Select } from '../../../components/select.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { OverrideDialog } from './override-dialog.tsx'
import { PriceDialog } from './price-dialog.tsx'
import { PriceTable } from './price-table.tsx'
import { RecomputeDialog } from './recompute-dialog.tsx'

const PAGE = 50
const MOST = 500

/** What calls are booked by: the table that came with the app, and prices of one's own, which win. */
export function PricesPage() {
  const [search, setSearch] = useState('')
  const [vendor, setVendor] = useState('')
  const [limit, setLimit] = useState(PAGE)
  const [open, setOpen] = useState<PriceRow | null>(null)
  const [edited, setEdited] = useState<PriceRow | 'new' | null>(null)
  const [recomputing, setRecomputing] = useState(false)
  const own = useResource(priceOverrides).data
  const { data, error, refresh } = useAnswer('GET /app/prices', {
    query: { limit, ...(search && { search }), ...(vendor && { vendor }) }
  })
  const vendors = data?.vendors ?? []
  return (
    <Page wide>
      {own !== null && own.length > 0 && (
        <Section title="Your prices" lead="They win over the table, from their first day on.">
          <PriceTable label="Your prices" rows={own} onOpen={setOpen} />
        </Section>
      )}
      <Section
        title="Price table"
        lead="Dollars per million tokens, with where each was found and when."
        action={
          <div className="flex gap-2">
            <Button icon={<RefreshCcw />} onClick={() => setRecomputing(true)}>
              Book history anew
            </Button>
            <Button icon={<Plus />} onClick={() => setEdited('new')}>
              Set a price
            </Button>
          </div>
        }
      >
        <div className="flex flex-wrap items-center gap-3 pb-3">
          <div className="w-64">
            <SearchField
              label="Search prices"
              value={search}
              onSearch={(words) => {
                setSearch(words)
                setLimit(PAGE)
              }}
            />
          </div>
          <div className="w-52">
            <Select
              label="Vendor"
              value={vendor}
              options={[
                { value: '', label: 'Every vendor' },
                ...vendors.map((one) => ({
                  value: one.vendor,
                  label: `${one.vendor} (${formatCount(one.rows)})`
                }))
              ]}
              onChange={(next) => {
                setVendor(next)
                setLimit(PAGE)
              }}
            />
          </div>
          {data && (
            <p aria-live="polite" className="text-s text-text-3">
              {data.total === 1 ? '1 price' : `${formatCount(data.total)} prices`}
            </p>
          )}
        </div>
        {data === null ? (
          error ? (
            <Notice tone="bad" action={<Button onClick={refresh}>Try again</Button>}>
              {error}
            </Notice>
          ) : (
            <SkeletonRows count={10} height={38} />
          )
        ) : data.rows.length === 0 ? (
          <p className="border-y border-line py-5 text-s text-text-3">
            No price of that name. Calls of a model without one are counted, and left out of every sum, until
            you set it.
          </p>
        ) : (
          <PriceTable label="Price table" rows={data.rows} onOpen={setOpen} />
        )}
        {data && data.total > MOST && limit === MOST && (
          <p className="pt-3 text-s text-text-3">Search, or choose a vendor, for the others.</p>
        )}
        {data && data.rows.length < data.total && limit < MOST && (
          <Button look="quiet" className="mt-2 -ml-3" onClick={() => setLimit(Math.min(MOST, limit + 150))}>
            Show more
          </Button>
        )}
      </Section>
      <PriceDialog
        row={open}
        onClose={() => setOpen(null)}
        onOverride={(row) => {
          setOpen(null)
          setEdited(row)
        }}
        onChanged={refresh}
      />
      <OverrideDialog row={edited} onClose={() => setEdited(null)} onSaved={refresh} />
      <RecomputeDialog open={recomputing} onClose={() => setRecomputing(false)} />
    </Page>
  )
}
