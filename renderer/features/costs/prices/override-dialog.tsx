import { useState } from 'react'
import type { PriceRow } from '../../../../core/contract/prices.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { priceOverrides } from '../../../client/resources.ts'
import { Dialog } from '../../../components/dialog.tsx'
import { DialogForm } from '../../../components/dialog-form.tsx'
import { newOverride, type OverrideDraft, overrideOf, readOverride } from './override-draft.ts'
import { OverrideFields } from './override-fields.tsx'

interface OverrideDialogProps {
  /** The price it begins as; null: closed. */
  row: PriceRow | 'new' | null
  onClose: () => void
  onSaved: () => void
}

export function OverrideDialog({ row, onClose, onSaved }: OverrideDialogProps) {
  return (
    <Dialog
      open={row !== null}
      onClose={onClose}
      title={row === 'new' || row === null ? 'Set a price' : `Your price of ${row.model}`}
    >
      {row !== null && <OverrideForm row={row === 'new' ? null : row} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  )
}

type OverrideFormProps = Omit<OverrideDialogProps, 'row'> & { row: PriceRow | null }

function OverrideForm({ row, onClose, onSaved }: OverrideFormProps) {
  const [draft, setDraft] = useState<OverrideDraft>(() => (row ? overrideOf(row) : newOverride))
  const read = readOverride(draft)
  const save = (body: Extract<typeof read, { override: unknown }>['override']) =>
    attempt(async () => {
      await daemon.invoke('PUT /app/prices/overrides', { body })
      await priceOverrides.refresh()
      onSaved()
    })
  return (
    <DialogForm onSave={'override' in read ? () => save(read.override) : null} onClose={onClose}>
      {(tried) => (
        <OverrideFields
          draft={draft}
          problems={tried && 'problems' in read ? read.problems : {}}
          isNew={row === null}
          onChange={(patch) => setDraft({ ...draft, ...patch })}
        />
      )}
    </DialogForm>
  )
}
