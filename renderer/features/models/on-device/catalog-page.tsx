import { useMemo, useState } from 'react'
import { useResource } from '../../../client/resource.ts'
import { catalog } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Page, Rows, Section } from '../../../components/screen-layout.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { everything, filterCatalog } from './catalog-filter.ts'
import { CatalogFilters } from './catalog-filters.tsx'
import { CatalogRow } from './catalog-row.tsx'
import { sortByComfort } from './choose-file.ts'
import { HubSearch } from './hub-search.tsx'

/** So many rows at first; the rest on demand. */
const FIRST = 16

/** Models worth having, those that run best here first, and below them the way to all others. */
export function CatalogPage() {
  const { data, error } = useResource(catalog)
  const [filter, setFilter] = useState(everything)
  const [shown, setShown] = useState(FIRST)
  const sorted = useMemo(() => (data ? sortByComfort(data) : null), [data])
  const found = sorted ? filterCatalog(sorted, filter) : null
  return (
    <Page wide>
      <Section title="Catalog" lead="Models worth having. What runs best here comes first.">
        <CatalogFilters models={data ?? []} filter={filter} onChange={setFilter} />
        {found === null ? (
          error ? (
            <Notice tone="bad" action={<Button onClick={() => void catalog.refresh()}>Try again</Button>}>
              {error}
            </Notice>
          ) : (
            <SkeletonRows count={6} height={76} />
          )
        ) : found.length === 0 ? (
          <div className="flex items-center gap-3 border-y border-line py-5 text-s text-text-2">
            <p className="flex-1">Nothing in the catalog matches. Hugging Face has many more, below.</p>
            <Button onClick={() => setFilter({ ...everything, fitsOnly: false })}>Show everything</Button>
          </div>
        ) : (
          <ul aria-label="Catalog">
            <Rows>
              {found.slice(0, shown).map((model) => (
                <CatalogRow key={model.id} model={model} />
              ))}
            </Rows>
          </ul>
        )}
        {found !== null && found.length > shown && (
          <Button look="quiet" className="mt-2 -ml-3" onClick={() => setShown(found.length)}>
            Show all {found.length}
          </Button>
        )}
      </Section>
      <HubSearch words={filter.words} />
    </Page>
  )
}
