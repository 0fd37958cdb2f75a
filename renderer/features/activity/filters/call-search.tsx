import { type ReactNode, useState } from 'react'
import { classNames } from '../../../components/class-names.ts'
import { SearchField } from '../../../components/search-field.tsx'
import { Segmented } from '../../../components/segmented.tsx'
import { changeFilters, type Filters } from './filters.ts'

interface CallSearchProps {
  filters: Filters
  onChange: (filters: Filters) => void
  /** Beside the field. */
  children: ReactNode
}

const places = [
  { value: 'search', label: 'Titles' },
  { value: 'text', label: 'Texts' }
] as const
type Place = (typeof places)[number]['value']

/** Words to look for: parts of them in titles, models and apps, or whole ones in what was asked and answered. */
export function CallSearch({ filters, onChange, children }: CallSearchProps) {
  const [wanted, setWanted] = useState<Place>('search')
  const place = filters.text !== undefined ? 'text' : filters.search !== undefined ? 'search' : wanted
  const words = filters[place] ?? ''
  const failed = filters.status === 'error'
  const look = (where: Place, text: string): void =>
    onChange(
      changeFilters(filters, { search: undefined, text: undefined, [where]: text === '' ? undefined : text })
    )
  return (
    <>
      <div className="flex items-center gap-0.5">
        <div className="min-w-0 flex-1 pr-1">
          <SearchField label="Search calls" value={words} onSearch={(text) => look(place, text)} />
        </div>
        {children}
      </div>
      <div className="flex items-center justify-between gap-2">
        <Segmented
          label="Search in"
          value={place}
          options={places}
          onChange={(next) => {
            setWanted(next)
            if (words !== '') look(next, words)
          }}
        />
        <button
          type="button"
          aria-pressed={failed}
          onClick={() => onChange(changeFilters(filters, { status: failed ? undefined : 'error' }))}
          className={classNames(
            'h-[26px] rounded-md px-2.5 text-s select-none hover:bg-hover',
            failed ? 'bg-bad-soft font-medium text-bad-text' : 'text-text-2 hover:text-text-1'
          )}
        >
          Errors
        </button>
      </div>
    </>
  )
}
