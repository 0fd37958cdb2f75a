import { traceWindows } from '../../../../core/contract/traces.ts'
import { Segmented } from '../../../components/segmented.tsx'
import { windowLabels } from './filter-words.ts'
import { changeFilters, type Filters, type TimeWindow } from './filters.ts'
import { localDay, startOfDay } from './local-days.ts'

interface TimeFilterProps {
  filters: Filters
  onChange: (filters: Filters) => void
}

type Choice = TimeWindow | 'all' | 'days'

const windows: readonly { value: Choice; label: string }[] = [
  { value: 'all', label: 'All' },
  ...traceWindows.map((value) => ({ value, label: windowLabels[value] }))
]

/** Of when calls are: lately, or between two days. */
export function TimeFilter({ filters, onChange }: TimeFilterProps) {
  const { since, from, until } = filters
  const chosen: Choice = since ?? (from === undefined && until === undefined ? 'all' : 'days')
  const change = (patch: Filters): void => onChange(changeFilters(filters, patch))
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Segmented
        label="When"
        value={chosen}
        options={windows}
        onChange={(next) =>
          change(
            next === 'all' || next === 'days'
              ? { since: undefined, from: undefined, until: undefined }
              : { since: next }
          )
        }
      />
      <span className="flex items-center gap-2 text-s text-text-3">
        <Day
          label="From day"
          value={from === undefined ? '' : localDay(from)}
          onChange={(day) => change({ from: startOfDay(day) })}
        />
        to
        <Day
          label="To day"
          value={until === undefined ? '' : localDay(until - 1)}
          onChange={(day) => change({ until: startOfDay(day, 1) })}
        />
      </span>
    </div>
  )
}

interface DayProps {
  label: string
  value: string
  onChange: (day: string) => void
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <input
      type="date"
      aria-label={label}
      value={value}
      max="9999-12-31"
      onChange={(event) => onChange(event.target.value)}
      className="control w-36 text-text-1"
    />
  )
}
