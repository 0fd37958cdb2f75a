import { type FormEvent, useState } from 'react'
import type { AlertRule } from '../../../../core/contract/alerts.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Notice } from '../../../components/notice.tsx'
import { draftOf, newRule, type RuleDraft, type RuleField, readDraft } from './rule-draft.ts'
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
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const read = readDraft(draft)
  const problems: Partial<Record<RuleField, string>> = tried && 'problems' in read ? read.problems : {}

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
      <RuleFields draft={draft} problems={problems} isNew={rule === null} onChange={setDraft} />
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
