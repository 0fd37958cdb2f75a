import { Field, TextInput } from '../../../components/field.tsx'
import { NumberInput } from '../../../components/number-input.tsx'
import { Segmented } from '../../../components/segmented.tsx'
import { Select } from '../../../components/select.tsx'
import type { BudgetDraft, DraftField } from './budget-draft.ts'
import { ChainFields } from './chain-fields.tsx'
import { ScopeFields } from './scope-fields.tsx'

const periods = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' }
] as const

const unknownPrices = [
  { value: 'allow', label: 'Let them through', hint: 'They are counted apart, and in no sum.' },
  { value: 'refuse', label: 'Refuse them', hint: 'Nothing goes past the budget unpriced.' }
] as const

interface BudgetFieldsProps {
  draft: BudgetDraft
  problems: Partial<Record<DraftField, string>>
  onChange: (patch: Partial<BudgetDraft>) => void
}

/** What a budget watches, how much it allows, and what is done then. */
export function BudgetFields({ draft, problems, onChange }: BudgetFieldsProps) {
  return (
    <>
      <Field label="Name" error={problems.name ?? null}>
        {(control) => (
          <TextInput
            {...control}
            value={draft.name}
            maxLength={80}
            placeholder="Everything"
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
      </Field>
      <ScopeFields draft={draft} problem={problems.subject ?? null} onChange={onChange} />
      <div className="grid grid-cols-2 gap-4">
        <Field label="Limit in dollars" error={problems.limitUsd ?? null}>
          {(control) => (
            <NumberInput
              {...control}
              decimals
              unit="$"
              className="w-full"
              value={draft.limitUsd}
              onChange={(limitUsd) => onChange({ limitUsd })}
            />
          )}
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="text-s font-medium">Each</span>
          <Segmented
            label="Period"
            value={draft.period}
            options={periods}
            onChange={(period) => onChange({ period })}
          />
        </div>
        <Field label="Tell me at" hint="And when all is used." error={problems.warnAt ?? null}>
          {(control) => (
            <NumberInput
              {...control}
              unit="%"
              className="w-full"
              value={draft.warnAt}
              onChange={(warnAt) => onChange({ warnAt })}
            />
          )}
        </Field>
        <Field label="Calls of unknown price">
          {({ id }) => (
            <Select
              id={id}
              label="Calls of unknown price"
              value={draft.unknownPrice}
              options={unknownPrices}
              onChange={(unknownPrice) => onChange({ unknownPrice })}
            />
          )}
        </Field>
      </div>
      <ChainFields draft={draft} problem={problems.model ?? null} onChange={onChange} />
    </>
  )
}
