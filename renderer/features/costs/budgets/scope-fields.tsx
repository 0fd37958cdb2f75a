import { groupModels } from '../../../client/model-options.ts'
import { useResource } from '../../../client/resource.ts'
import { appKeys, models, providers } from '../../../client/resources.ts'
import { Field, TextInput } from '../../../components/field.tsx'
import { ModelPicker } from '../../../components/model-picker.tsx'
import { Select } from '../../../components/select.tsx'
import type { BudgetDraft } from './budget-draft.ts'

const scopes = [
  { value: 'all', label: 'All calls' },
  { value: 'app-key', label: 'One program’s' },
  { value: 'provider', label: 'To one provider' },
  { value: 'model', label: 'To one model' },
  { value: 'project', label: 'Of one project' },
  { value: 'feature', label: 'Of one feature' }
] as const

interface ScopeFieldsProps {
  draft: BudgetDraft
  problem: string | null
  onChange: (patch: Partial<BudgetDraft>) => void
}

/** Which calls a budget watches. */
export function ScopeFields({ draft, problem, onChange }: ScopeFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field label="Which calls">
        {({ id }) => (
          <Select
            id={id}
            label="Which calls"
            value={draft.scope}
            options={scopes}
            onChange={(scope) => onChange({ scope, subject: '' })}
          />
        )}
      </Field>
      <Subject draft={draft} problem={problem} onChange={onChange} />
    </div>
  )
}

function Subject({ draft: { scope, subject }, problem, onChange }: ScopeFieldsProps) {
  const keys = useResource(appKeys).data ?? []
  const known = useResource(providers).data ?? []
  const all = useResource(models).data ?? []
  const set = (next: string): void => onChange({ subject: next })
  switch (scope) {
    case 'all':
      return null
    case 'app-key':
      return (
        <Chosen
          label="Program"
          problem={problem}
          value={subject}
          options={keys
            .filter(({ revokedAt, id }) => revokedAt === null || id === subject)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={set}
        />
      )
    case 'provider':
      return (
        <Chosen
          label="Provider"
          problem={problem}
          value={subject}
          options={known.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={set}
        />
      )
    case 'model':
      return (
        <Field label="Model" error={problem}>
          {() => (
            <ModelPicker
              groups={groupModels(all.filter(({ onDevice }) => !onDevice))}
              value={subject === '' ? null : subject}
              onChange={set}
            />
          )}
        </Field>
      )
    default:
      return (
        <Field
          label={scope === 'project' ? 'Project' : 'Feature'}
          hint={`As programs send it: x-homeport-${scope}.`}
          error={problem}
        >
          {(control) => (
            <TextInput
              {...control}
              value={subject}
              maxLength={80}
              onChange={(event) => set(event.target.value)}
            />
          )}
        </Field>
      )
  }
}

interface ChosenProps {
  label: string
  problem: string | null
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

function Chosen({ label, problem, value, options, onChange }: ChosenProps) {
  const none = { value: '', label: options.length === 0 ? 'There is none yet' : 'Choose one' }
  return (
    <Field label={label} error={problem}>
      {({ id }) => (
        <Select
          id={id}
          label={label}
          value={value}
          options={value === '' ? [none, ...options] : options}
          onChange={onChange}
        />
      )}
    </Field>
  )
}
