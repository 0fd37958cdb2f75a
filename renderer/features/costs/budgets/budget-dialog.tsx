import { type FormEvent, useState } from 'react'
import type { Budget } from '../../../../core/contract/budgets.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { NumberInput } from '../../../components/number-input.tsx'
import { Segmented } from '../../../components/segmented.tsx'
import { Select } from '../../../components/select.tsx'
import { type BudgetDraft, type DraftField, draftOf, newBudget, readDraft } from './budget-draft.ts'
import { ChainFields } from './chain-fields.tsx'
import { saveBudget } from './save-budget.ts'
import { ScopeFields } from './scope-fields.tsx'

interface BudgetDialogProps {
  /** Null: closed. */
  budget: Budget | 'new' | null
  onClose: () => void
}

export function BudgetDialog({ budget, onClose }: BudgetDialogProps) {
  return (
    <Dialog
      open={budget !== null}
      onClose={onClose}
      title={budget === 'new' || budget === null ? 'Set a budget' : `Change ${budget.name}`}
      width={540}
    >
      {budget !== null && <BudgetForm budget={budget === 'new' ? null : budget} onClose={onClose} />}
    </Dialog>
  )
}

const periods = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' }
] as const

const unknownPrices = [
  { value: 'allow', label: 'Let them through', hint: 'They are counted apart, and in no sum.' },
  { value: 'refuse', label: 'Refuse them', hint: 'Nothing goes past the budget unpriced.' }
] as const

function BudgetForm({ budget, onClose }: { budget: Budget | null; onClose: () => void }) {
  const [draft, setDraft] = useState<BudgetDraft>(() => (budget ? draftOf(budget) : newBudget))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const read = readDraft(draft)
  const problems: Partial<Record<DraftField, string>> = tried && 'problems' in read ? read.problems : {}
  const change = (patch: Partial<BudgetDraft>): void => setDraft({ ...draft, ...patch })

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (!('budget' in read)) return
    setBusy(true)
    const problem = await attempt(() => saveBudget(budget?.id ?? null, read.budget))
    setBusy(false)
    setError(problem)
    if (problem === null) onClose()
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      <Field label="Name" error={problems.name ?? null}>
        {(control) => (
          <TextInput
            {...control}
            value={draft.name}
            maxLength={80}
            placeholder="Everything"
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <ScopeFields draft={draft} problem={problems.subject ?? null} onChange={change} />
      <div className="grid grid-cols-2 gap-4">
        <Field label="Limit in dollars" error={problems.limitUsd ?? null}>
          {(control) => (
            <NumberInput
              {...control}
              decimals
              unit="$"
              className="w-full"
              value={draft.limitUsd}
              onChange={(limitUsd) => change({ limitUsd })}
            />
          )}
        </Field>
        <div className="flex flex-col gap-1.5">
          <span className="text-s font-medium">Each</span>
          <Segmented
            label="Period"
            value={draft.period}
            options={periods}
            onChange={(period) => change({ period })}
          />
        </div>
        <Field label="Tell me at" hint="And when all is used." error={problems.warnAt ?? null}>
          {(control) => (
            <NumberInput
              {...control}
              unit="%"
              className="w-full"
              value={draft.warnAt}
              onChange={(warnAt) => change({ warnAt })}
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
              onChange={(unknownPrice) => change({ unknownPrice })}
            />
          )}
        </Field>
      </div>
      <ChainFields draft={draft} problem={problems.model ?? null} onChange={change} />
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
