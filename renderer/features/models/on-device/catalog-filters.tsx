import type { CatalogModel } from '../../../../core/contract/downloads.ts'
import { Checkbox } from '../../../components/checkbox.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { Segmented } from '../../../components/segmented.tsx'
import type { CatalogFilter } from './catalog-filter.ts'

const kinds = [
  { value: 'all', label: 'All' },
  { value: 'chat', label: 'Chat' },
  { value: 'embedding', label: 'Embedding' },
  { value: 'rerank', label: 'Reranking' }
] as const

const abilities = [
  { name: 'tools', label: 'Tools' },
  { name: 'reasoning', label: 'Reasoning' },
  { name: 'vision', label: 'Vision' }
] as const

interface CatalogFiltersProps {
  /** Only what some of them can do is asked for. */
  models: readonly CatalogModel[]
  filter: CatalogFilter
  onChange: (filter: CatalogFilter) => void
}

export function CatalogFilters({ models, filter, onChange }: CatalogFiltersProps) {
  const change = (patch: Partial<CatalogFilter>): void => onChange({ ...filter, ...patch })
  const offered = abilities.filter(({ name }) => models.some((model) => model.abilities[name]))
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 pb-3">
      <div className="w-52">
        <SearchField
          label="Search the catalog"
          value={filter.words}
          onSearch={(words) => change({ words })}
        />
      </div>
      <Segmented label="Kind" value={filter.kind} options={kinds} onChange={(kind) => change({ kind })} />
      <div className="flex gap-4">
        {offered.map(({ name, label }) => (
          <Checkbox
            key={name}
            label={label}
            checked={filter[name]}
            onChange={(checked) => change({ [name]: checked })}
          />
        ))}
        <Checkbox label="Fits here" checked={filter.fitsOnly} onChange={(fitsOnly) => change({ fitsOnly })} />
      </div>
    </div>
  )
}
