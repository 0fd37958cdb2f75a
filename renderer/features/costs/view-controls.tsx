import { X } from 'lucide-react'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { Segmented } from '../../components/segmented.tsx'
import { Select } from '../../components/select.tsx'
import { appName } from './app-name.ts'
import { groupingLabels } from './grouping-words.ts'
import { periodLabel, periodNames } from './period.ts'
import { groupings, type View, viewQuery, widen } from './view.ts'

/** Which calls, of when, told apart by what. */
export function ViewControls({ view }: { view: View }) {
  const now = new Date()
  const show = (next: View): void => navigate('costs', null, viewQuery(next))
  const keys = useResource(appKeys).data ?? []
  const fixed = groupings.flatMap((name) => {
    const value = view.only[name]
    return value === undefined ? [] : [{ name, value: name === 'app' ? appName(value, keys) : value }]
  })
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Segmented
        label="Period"
        value={view.period}
        options={periodNames.map((value) => ({ value, label: periodLabel(value, now) }))}
        onChange={(period) => show({ ...view, period })}
      />
      <div className="w-40">
        <Select
          label="Told apart by"
          value={view.by}
          options={groupings.map((value) => ({ value, label: `By ${groupingLabels[value].toLowerCase()}` }))}
          onChange={(by) => show({ ...view, by })}
        />
      </div>
      {fixed.map(({ name, value }) => (
        <button
          key={name}
          type="button"
          aria-label={`No longer only ${groupingLabels[name].toLowerCase()} ${value}`}
          onClick={() => show(widen(view, name))}
          className="inline-flex h-7 max-w-72 items-center gap-1.5 rounded-md bg-accent-soft px-2.5 text-s text-accent-text hover:bg-press"
        >
          <span className="truncate">
            {groupingLabels[name]}: {value}
          </span>
          <X className="size-3.5 shrink-0" />
        </button>
      ))}
    </div>
  )
}
