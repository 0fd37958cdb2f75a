import { Field, TextInput } from '../../../components/field.tsx'
import { NumberInput } from '../../../components/number-input.tsx'
import { askedRates, type OverrideDraft, type OverrideField } from './override-draft.ts'
import { rateLabels } from './price-words.ts'

interface OverrideFieldsProps {
  draft: OverrideDraft
  problems: Partial<Record<OverrideField, string>>
  /** Whose price it is can be said once. */
  isNew: boolean
  onChange: (patch: Partial<OverrideDraft>) => void
}

/** Whose price it is, its rates, and when it applies. */
export function OverrideFields({ draft, problems, isNew, onChange }: OverrideFieldsProps) {
  return (
    <>
      {isNew && (
        <div className="grid grid-cols-2 gap-4">
          <Field
            label="Vendor"
            hint="As in the table: openai. Of a provider of yours: provider/ and its id."
            error={problems.vendor ?? null}
          >
            {(control) => (
              <TextInput
                {...control}
                value={draft.vendor}
                maxLength={60}
                onChange={(event) => onChange({ vendor: event.target.value })}
              />
            )}
          </Field>
          <Field label="Model" error={problems.model ?? null}>
            {(control) => (
              <TextInput
                {...control}
                value={draft.model}
                maxLength={300}
                onChange={(event) => onChange({ model: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      <fieldset>
        <legend className="pb-2 text-s text-text-2">
          Dollars per million tokens. Cache rates left empty cost what input does.
        </legend>
        <div className="grid grid-cols-2 gap-4">
          {askedRates.map((rate) => (
            <Field
              key={rate}
              label={rateLabels.find(({ name }) => name === rate)?.label ?? rate}
              error={(rate === 'input' || rate === 'output' ? problems[rate] : null) ?? null}
            >
              {(control) => (
                <NumberInput
                  {...control}
                  decimals
                  unit="$"
                  className="w-full"
                  value={draft.usd[rate]}
                  onChange={(usd) => onChange({ usd: { ...draft.usd, [rate]: usd } })}
                />
              )}
            </Field>
          ))}
        </div>
      </fieldset>
      <div className="grid grid-cols-2 gap-4">
        <DayField
          label="First day"
          hint="Empty: always."
          value={draft.from}
          onChange={(from) => onChange({ from })}
        />
        <DayField
          label="No more from"
          hint="Empty: from then on."
          problem={problems.until}
          value={draft.until}
          onChange={(until) => onChange({ until })}
        />
      </div>
    </>
  )
}

interface DayFieldProps {
  label: string
  hint: string
  problem?: string | undefined
  value: string
  onChange: (day: string) => void
}

function DayField({ label, hint, problem, value, onChange }: DayFieldProps) {
  return (
    <Field label={label} hint={hint} error={problem ?? null}>
      {(control) => (
        <TextInput
          {...control}
          type="date"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
