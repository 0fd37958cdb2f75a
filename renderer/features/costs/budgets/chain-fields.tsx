import { useChoices } from '../../../client/use-choices.ts'
import { Checkbox } from '../../../components/checkbox.tsx'
import { ModelPicker } from '../../../components/model-picker.tsx'
import type { BudgetDraft } from './budget-draft.ts'

interface ChainFieldsProps {
  draft: BudgetDraft
  problem: string | null
  onChange: (patch: Partial<BudgetDraft>) => void
}

/** What is done when a budget is used up, in its order. */
export function ChainFields({ draft, problem, onChange }: ChainFieldsProps) {
  const choices = useChoices() ?? []
  const { cheaper, model, onDevice, refuse } = draft
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-s font-medium">When it is used up</legend>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Checkbox
          label="Ask a cheaper model"
          checked={cheaper}
          onChange={(checked) => onChange({ cheaper: checked })}
        />
        {cheaper && (
          <ModelPicker groups={choices} value={model} onChange={(next) => onChange({ model: next })} />
        )}
        {problem && <span className="text-xs text-bad-text">{problem}</span>}
      </div>
      <Checkbox
        label="Go on-device"
        checked={onDevice}
        onChange={(checked) => onChange({ onDevice: checked })}
      />
      <Checkbox label="Refuse" checked={refuse} onChange={(checked) => onChange({ refuse: checked })} />
      <p className="pt-1 text-xs text-text-3">{chainHint(draft)}</p>
    </fieldset>
  )
}

function chainHint({ cheaper, onDevice, refuse }: BudgetDraft): string {
  const ways = [cheaper, onDevice, refuse].filter(Boolean).length
  if (ways === 0) return 'You are told, and calls go on as before.'
  if (!refuse) return 'Calls go on as before where that cannot be done.'
  return ways === 1
    ? 'Programs get an error that says why, and when they can go on.'
    : 'In this order: the first that can be done is.'
}
