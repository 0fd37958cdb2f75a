import { useState } from 'react'
import type { Budget } from '../../../../core/contract/budgets.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { Dialog } from '../../../components/dialog.tsx'
import { DialogForm } from '../../../components/dialog-form.tsx'
import { type BudgetDraft, draftOf, newBudget, readDraft } from './budget-draft.ts'
import { BudgetFields } from './budget-fields.tsx'
import { saveBudget } from './save-budget.ts'

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

function BudgetForm({ budget, onClose }: { budget: Budget | null; onClose: () => void }) {
  const [draft, setDraft] = useState<BudgetDraft>(() => (budget ? draftOf(budget) : newBudget))
  const read = readDraft(draft)
  return (
    <DialogForm
      onSave={'budget' in read ? () => attempt(() => saveBudget(budget?.id ?? null, read.budget)) : null}
      onClose={onClose}
    >
      {(tried) => (
        <BudgetFields
          draft={draft}
          problems={tried && 'problems' in read ? read.problems : {}}
          onChange={(patch) => setDraft({ ...draft, ...patch })}
        />
      )}
    </DialogForm>
  )
}
