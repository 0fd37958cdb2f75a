import { AutoNumber } from '../../../components/auto-number.tsx'
import { toNanoUsd, toUsd } from '../../../components/format/money.ts'
import { changeFilters, type FilterName, type Filters } from './filters.ts'

interface RangeFiltersProps {
  filters: Filters
  onChange: (filters: Filters) => void
}

const SECOND = 1000

const ranges = [
  {
    label: 'Cost',
    unit: '$',
    min: 'minCostNanoUsd',
    max: 'maxCostNanoUsd',
    toShown: toUsd,
    toFilter: toNanoUsd
  },
  {
    label: 'Time taken',
    unit: 's',
    min: 'minDurationMs',
    max: 'maxDurationMs',
    toShown: (ms: number) => ms / SECOND,
    toFilter: (seconds: number) => Math.round(seconds * SECOND)
  }
] as const

/** What calls cost and how long they took, at least and at most. */
export function RangeFilters({ filters, onChange }: RangeFiltersProps) {
  return ranges.map(({ label, unit, min, max, toShown, toFilter }) => {
    const bound = (name: FilterName & (typeof min | typeof max), words: string) => {
      const value = filters[name]
      return (
        <AutoNumber
          label={`${label} ${words}`}
          decimals
          unit={unit}
          value={value === undefined ? null : toShown(value)}
          chosen={words}
          min={0}
          max={1_000_000}
          onCommit={(next) =>
            onChange(changeFilters(filters, { [name]: next === null ? undefined : toFilter(next) }))
          }
        />
      )
    }
    return (
      <fieldset key={label} className="min-w-0">
        <legend className="flex h-7 items-center text-xs font-medium text-text-3">{label}</legend>
        <div className="flex flex-wrap gap-2">
          {bound(min, 'at least')}
          {bound(max, 'at most')}
        </div>
      </fieldset>
    )
  })
}
