import { useEffect } from 'react'
import type { TraceFacets } from '../../../../core/contract/traces.ts'
import { useAnswer } from '../../../client/use-answer.ts'
import { Button } from '../../../components/button.tsx'
import { formatDateTime } from '../../../components/format/time.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { Notice } from '../../../components/notice.tsx'
import { Bar, Page } from '../../../components/screen-layout.tsx'
import { Segmented } from '../../../components/segmented.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { askToErase } from '../list/erase-calls.ts'
import { ExportMenu } from '../list/export-menu.tsx'
import { useTraces } from '../list/traces-store.ts'
import { FacetCard } from './facet-card.tsx'
import { facetNames, type Names, sourceLabels } from './filter-words.ts'
import { askedFilters, changeFilters, type Filters } from './filters.ts'
import { RangeFilters } from './range-filters.tsx'
import { TimeFilter } from './time-filter.tsx'

interface OverviewProps {
  filters: Filters
  names: Names
  onChange: (filters: Filters) => void
}

/** After the last erasure, in milliseconds. */
const ERASED_MS = 600
const sources = [
  { value: 'all', label: 'All' },
  { value: 'gateway', label: sourceLabels.gateway },
  { value: 'otlp', label: sourceLabels.otlp },
  { value: 'mcp', label: sourceLabels.mcp }
] as const

/** What there is among the calls, and how to narrow them. */
export function Overview({ filters, names, onChange }: OverviewProps) {
  const asked = askedFilters(filters, Date.now())
  const { data, error, refresh } = useAnswer('GET /app/trace-facets', { query: asked }, 'trace-recorded')
  const erasures = useTraces((state) => state.erasures)
  // what was erased is no longer counted; many at once are counted anew when they are done
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of erasures is the reason to run
  useEffect(() => {
    if (erasures === 0) return
    const timer = setTimeout(refresh, ERASED_MS)
    return () => clearTimeout(timer)
  }, [erasures])
  return (
    <>
      <Bar>
        <h2 className="min-w-0 flex-1 truncate font-semibold">{data ? callCount(data.total) : 'Calls'}</h2>
        <ExportMenu filters={filters} />
        <Button
          look="danger"
          disabled={!data || data.total === 0}
          onClick={() => askToErase({ filters, total: data?.total ?? 0 })}
        >
          Erase…
        </Button>
      </Bar>
      <Page wide>
        <div className="flex flex-col gap-6">
          <TimeFilter filters={filters} onChange={onChange} />
          {data === null ? (
            error ? (
              <Notice tone="bad" action={<Button onClick={refresh}>Try again</Button>}>
                {error}
              </Notice>
            ) : (
              <SkeletonRows count={10} />
            )
          ) : (
            <Facets facets={data} filters={filters} names={names} onChange={onChange} />
          )}
          <div className="flex flex-wrap gap-x-8 gap-y-5 border-t border-line pt-5">
            <RangeFilters filters={filters} onChange={onChange} />
            <div>
              <h3 className="flex h-7 items-center text-xs font-medium text-text-3">Where from</h3>
              <Segmented
                label="Where from"
                value={filters.source ?? 'all'}
                options={sources}
                onChange={(next) =>
                  onChange(changeFilters(filters, { source: next === 'all' ? undefined : next }))
                }
              />
            </div>
          </div>
        </div>
      </Page>
    </>
  )
}

function Facets({ facets, filters, names, onChange }: OverviewProps & { facets: TraceFacets }) {
  const shown = facetNames.filter((name) => facets[name].length > 0 || filters[name] !== undefined)
  return (
    <>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-8 gap-y-5">
        {shown.map((name) => (
          <FacetCard
            key={name}
            name={name}
            values={facets[name]}
            chosen={filters[name]}
            names={names}
            onChoose={(value) => onChange(changeFilters(filters, { [name]: value }))}
          />
        ))}
      </div>
      {facets.countedSince !== null && (
        <p className="text-xs text-text-3">
          Counted are the newest {formatCount(facets.total)} calls, since{' '}
          {formatDateTime(facets.countedSince)}.
        </p>
      )}
    </>
  )
}

const callCount = (count: number): string => `${formatCount(count)} ${count === 1 ? 'call' : 'calls'}`
