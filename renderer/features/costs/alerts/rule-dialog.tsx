import { type FormEvent, useState } from 'react'
import { type AlertRule, alertKinds } from '../../../../core/contract/alerts.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { NumberInput } from '../../../components/number-input.tsx'
import { Select } from '../../../components/select.tsx'
import { kinds } from './alert-words.ts'
import { draftOf, newRule, type RuleDraft, type RuleField, readDraft, withKind } from './rule-draft.ts'
import { saveRule } from './save-rule.ts'

interface RuleDialogProps {
  /** Null: closed. */
  rule: AlertRule | 'new' | null
  onClose: () => void
}

export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  return (
    <Dialog
      open={rule !== null}
      onClose={onClose}
      title={rule === 'new' || rule === null ? 'Watch something' : `Change ${rule.name}`}
      width={540}
    >
      {rule !== null && <RuleForm rule={rule === 'new' ? null : rule} onClose={onClose} />}
    </Dialog>
  )
}

const kindOptions = alertKinds.map((value) => ({ value, label: kinds[value].label, hint: kinds[value].hint }))

const scopes = [
  { value: 'all', label: 'All calls' },
  { value: 'provider', label: 'One provider' },
  { value: 'model', label: 'One model' },
  { value: 'app', label: 'One app' },
  { value: 'feature', label: 'One feature' }
] as const

const subjectHints = {
  provider: 'As it is called in its models: openai.',
  model: 'As provider/model.',
  app: 'By its name in Activity.',
  feature: 'As programs send it: x-homeport-feature.'
}

const again = [
  { value: '0', label: 'Once' },
  { value: '60', label: 'Every hour' },
  { value: '360', label: 'Every 6 hours' },
  { value: '1440', label: 'Every day' }
]

function RuleForm({ rule, onClose }: { rule: AlertRule | null; onClose: () => void }) {
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOf(rule) : newRule('cost')))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const read = readDraft(draft)
  const problems: Partial<Record<RuleField, string>> = tried && 'problems' in read ? read.problems : {}
  const change = (patch: Partial<RuleDraft>): void => setDraft({ ...draft, ...patch })
  const { only } = draft
  const words = kinds[draft.kind]

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (!('rule' in read)) return
    setBusy(true)
    const problem = await attempt(() => saveRule(rule?.id ?? null, read.rule))
    setBusy(false)
    setError(problem)
    if (problem === null) onClose()
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      <div className="grid grid-cols-2 gap-x-4 gap-y-4">
        <div className="col-span-2">
          <Field label="What" hint={words.hint}>
            {({ id }) =>
              rule ? (
                <output id={id} className="text-m">
                  {words.label}
                </output>
              ) : (
                <Select
                  id={id}
                  label="What"
                  value={draft.kind}
                  options={kindOptions}
                  onChange={(kind) => setDraft(withKind(draft, kind))}
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
        <NumberField
          label="Within"
          unit="min"
          value={draft.windowMinutes}
          problem={problems.windowMinutes}
          onChange={(windowMinutes) => change({ windowMinutes })}
        />
        <NumberField
          label="From so many calls on"
          unit="calls"
          value={draft.leastCalls}
          problem={problems.leastCalls}
          onChange={(leastCalls) => change({ leastCalls })}
        />
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
        <Field label="Which calls">
          {({ id }) => (
            <Select
              id={id}
              label="Which calls"
              value={only}
              options={scopes}
              onChange={(next) => change({ only: next, subject: '' })}
            />
          )}
        </Field>
        {only !== 'all' && (
          <Field label="Which one" hint={subjectHints[only]} error={problems.subject ?? null}>
            {(control) => (
              <TextInput
                {...control}
                value={draft.subject}
                maxLength={only === 'model' ? 300 : only === 'provider' ? 40 : 80}
                onChange={(event) => change({ subject: event.target.value })}
              />
            )}
          </Field>
        )}
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
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={busy}>
          Save
        </Button>
      </div>
    </form>
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
