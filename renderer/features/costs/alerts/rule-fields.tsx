import { alertKinds } from '../../../../core/contract/alerts.ts'
import { Field, TextInput } from '../../../components/field.tsx'
import { NumberInput } from '../../../components/number-input.tsx'
import { Select } from '../../../components/select.tsx'
import { kinds } from './alert-words.ts'
import { type RuleDraft, type RuleField, withKind } from './rule-draft.ts'
import { RuleScopeFields } from './rule-scope-fields.tsx'

const kindOptions = alertKinds.map((value) => ({ value, label: kinds[value].label, hint: kinds[value].hint }))

const again = [
  { value: '0', label: 'Once' },
  { value: '60', label: 'Every hour' },
  { value: '360', label: 'Every 6 hours' },
  { value: '1440', label: 'Every day' }
]

interface RuleFieldsProps {
  draft: RuleDraft
  problems: Partial<Record<RuleField, string>>
  /** What a rule watches can be chosen once. */
  isNew: boolean
  onChange: (draft: RuleDraft) => void
}

/** What is watched, from when on one is told, and how. */
export function RuleFields({ draft, problems, isNew, onChange }: RuleFieldsProps) {
  const change = (patch: Partial<RuleDraft>): void => onChange({ ...draft, ...patch })
  const words = kinds[draft.kind]
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-4">
      <div className="col-span-2">
        <Field label="What" hint={words.hint}>
          {({ id }) =>
            !isNew ? (
              <output id={id} className="text-m">
                {words.label}
              </output>
            ) : (
              <Select
                id={id}
                label="What"
                value={draft.kind}
                options={kindOptions}
                onChange={(kind) => onChange(withKind(draft, kind))}
              />
            )
          }
        </Field>
      </div>
      <div className="col-span-2">
        <Field label="Name" error={problems.name ?? null}>
          {(control) => (
            <TextInput
              {...control}
              value={draft.name}
              maxLength={80}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
      </div>
      <NumberField
        label={words.threshold}
        unit={words.unit}
        decimals
        value={draft.threshold}
        problem={problems.threshold}
        onChange={(threshold) => change({ threshold })}
      />
      {words.asks.window && (
        <NumberField
          label="Within"
          unit="min"
          value={draft.windowMinutes}
          problem={problems.windowMinutes}
          onChange={(windowMinutes) => change({ windowMinutes })}
        />
      )}
      {words.asks.leastCalls && (
        <NumberField
          label="From so many calls on"
          unit="calls"
          value={draft.leastCalls}
          problem={problems.leastCalls}
          onChange={(leastCalls) => change({ leastCalls })}
        />
      )}
      <Field label="Tell me">
        {({ id }) => (
          <Select
            id={id}
            label="Tell me"
            value={String(draft.renotifyMinutes)}
            options={withOwn(String(draft.renotifyMinutes))}
            onChange={(minutes) => change({ renotifyMinutes: Number(minutes) })}
          />
        )}
      </Field>
      <RuleScopeFields draft={draft} problem={problems.subject ?? null} onChange={change} />
      <div className="col-span-2">
        <Field
          label="Webhook"
          hint="Also sent there, as JSON. Empty: nowhere."
          error={problems.webhookUrl ?? null}
        >
          {(control) => (
            <TextInput
              {...control}
              value={draft.webhookUrl}
              maxLength={2000}
              placeholder="https://"
              onChange={(event) => change({ webhookUrl: event.target.value })}
            />
          )}
        </Field>
      </div>
    </div>
  )
}

interface NumberFieldProps {
  label: string
  unit: string
  decimals?: boolean
  value: number | null
  problem: string | undefined
  onChange: (value: number | null) => void
}

function NumberField({ label, unit, decimals = false, value, problem, onChange }: NumberFieldProps) {
  return (
    <Field label={label} error={problem ?? null}>
      {(control) => (
        <NumberInput
          {...control}
          decimals={decimals}
          unit={unit}
          className="w-full"
          value={value}
          onChange={onChange}
        />
      )}
    </Field>
  )
}

/** The usual choices, and the one that is set when it is none of them. */
function withOwn(value: string) {
  return again.some((option) => option.value === value)
    ? again
    : [...again, { value, label: `Every ${value} minutes` }]
}
