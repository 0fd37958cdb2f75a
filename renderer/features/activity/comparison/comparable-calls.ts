import type { TraceSummary } from '../../../../core/contract/traces.ts'
import { formatAge } from '../../../components/format/time.ts'
import type { ComboOption } from '../../../components/grouped-combobox.tsx'
import { modelWords } from '../trace-words.ts'

export interface ComparableGroup {
  label: string
  items: ComboOption[]
}

/** Calls that one may be laid beside, each listed once: those of its session first, then the newest of all. */
export function comparableGroups(
  { id }: Pick<TraceSummary, 'id'>,
  ofSession: readonly TraceSummary[],
  newest: readonly TraceSummary[],
  now: number
): ComparableGroup[] {
  const listed = new Set([id])
  const items = (calls: readonly TraceSummary[]): ComboOption[] =>
    calls
      .filter((call) => !listed.has(call.id))
      .map((call) => {
        listed.add(call.id)
        const model = modelWords(call).text
        const label = call.title ? `${call.title} · ${model}` : model
        return { value: call.id, label, hint: formatAge(call.startedAt, now) }
      })
  const groups = [
    { label: 'Same session', items: items(ofSession) },
    { label: 'Newest calls', items: items(newest) }
  ]
  return groups.filter((group) => group.items.length > 0)
}
