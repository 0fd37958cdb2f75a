import { useState } from 'react'
import type { AlertRule } from '../../../../core/contract/alerts.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { Dialog } from '../../../components/dialog.tsx'
import { DialogForm } from '../../../components/dialog-form.tsx'
import { draftOf, newRule, type RuleDraft, readDraft } from './rule-draft.ts'
import { RuleFields } from './rule-fields.tsx'
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

function RuleForm({ rule, onClose }: { rule: AlertRule | null; onClose: () => void }) {
  const [draft, setDraft] = useState<RuleDraft>(() => (rule ? draftOf(rule) : newRule('cost')))
  const read = readDraft(draft)
  return (
    <DialogForm
      onSave={'rule' in read ? () => attempt(() => saveRule(rule?.id ?? null, read.rule)) : null}
      onClose={onClose}
    >
      {(tried) => (
        <RuleFields
          draft={draft}
          problems={tried && 'problems' in read ? read.problems : {}}
          isNew={rule === null}
          onChange={setDraft}
        />
      )}
    </DialogForm>
  )
}
