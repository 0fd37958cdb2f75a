import { useResource } from '../../../client/resource.ts'
import { budgets } from '../../../client/resources.ts'
import { Field, TextInput } from '../../../components/field.tsx'
import { Select } from '../../../components/select.tsx'
import { kinds, type ScopeName } from './alert-words.ts'
import type { RuleDraft } from './rule-draft.ts'

const labels: Record<ScopeName | 'all', string> = {
  all: 'All calls',
  provider: 'One provider',
  model: 'One model',
  app: 'One app',
  feature: 'One feature'
}

const hints: Record<ScopeName, string> = {
  provider: 'As it is called in its models: openai.',
  model: 'As provider/model.',
  app: 'By its name in Activity.',
  feature: 'As programs send it: x-homeport-feature.'
}

interface RuleScopeFieldsProps {
  draft: RuleDraft
  problem: string | null
  onChange: (patch: Partial<RuleDraft>) => void
}

/** Which calls a rule watches, or which budget. */
export function RuleScopeFields({ draft, problem, onChange }: RuleScopeFieldsProps) {
  const { kind, only, subject } = draft
  if (kind === 'budget') return <WhichBudget draft={draft} onChange={onChange} />
  const options = (['all', ...kinds[kind].asks.scopes] as const).map((value) => ({
    value,
    label: labels[value]
  }))
  return (
    <>
      <Field label="Which calls">
        {({ id }) => (
          <Select
            id={id}
            label="Which calls"
            value={only}
            options={options}
            onChange={(next) => onChange({ only: next, subject: '', also: {} })}
          />
        )}
      </Field>
      {only !== 'all' && (
        <Field label="Which one" hint={hints[only]} error={problem}>
          {(control) => (
            <TextInput
              {...control}
              value={subject}
              maxLength={only === 'model' ? 300 : only === 'provider' ? 40 : 80}
              onChange={(event) => onChange({ subject: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}

function WhichBudget({ draft: { budgetId }, onChange }: Omit<RuleScopeFieldsProps, 'problem'>) {
  const known = (useResource(budgets).data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Field label="Which budget">
      {({ id }) => (
        <Select
          id={id}
          label="Which budget"
          value={budgetId ?? ''}
          options={[{ value: '', label: 'The fullest of all' }, ...known]}
          onChange={(next) => onChange({ budgetId: next === '' ? undefined : next })}
        />
      )}
    </Field>
  )
}
