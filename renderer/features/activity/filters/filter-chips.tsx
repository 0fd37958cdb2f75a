import { X } from 'lucide-react'
import { filterWords, type Names } from './filter-words.ts'
import { changeFilters, type FilterName, type Filters, usedFilters } from './filters.ts'

interface FilterChipsProps {
  filters: Filters
  /** Those that something else shows. */
  without?: readonly FilterName[]
  names: Names
  onChange: (filters: Filters) => void
}

/** What narrows the list, each to be taken away by a click. */
export function FilterChips({ filters, without = [], names, onChange }: FilterChipsProps) {
  const used = usedFilters(filters).filter((name) => !without.includes(name))
  if (used.length === 0) return null
  return (
    <ul aria-label="Narrowed by" className="flex flex-wrap gap-1.5">
      {used.map((name) => {
        const words = filterWords(name, filters, names)
        return (
          <li key={name} className="max-w-full min-w-0">
            <button
              type="button"
              aria-label={`No longer only ${words}`}
              title={words}
              onClick={() => onChange(changeFilters(filters, { [name]: undefined }))}
              className="inline-flex h-6 max-w-full items-center gap-1 rounded-md bg-accent-soft pr-1 pl-2 text-xs text-accent-text hover:bg-press"
            >
              <span className="truncate">{words}</span>
              <X className="size-3.5 shrink-0" aria-hidden />
            </button>
          </li>
        )
      })}
      {used.length > 1 && (
        <li>
          <button
            type="button"
            onClick={() => onChange({})}
            className="h-6 rounded-md px-1.5 text-xs text-text-2 hover:bg-hover hover:text-text-1"
          >
            Clear all
          </button>
        </li>
      )}
    </ul>
  )
}
