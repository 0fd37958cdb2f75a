import { useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { ConfirmDialog } from '../../../components/dialog.tsx'
import { formatBytes } from '../../../components/format/tokens.ts'
import { removeModel } from './model-actions.ts'
import { wayToRemove } from './model-words.ts'

interface RemoveModelDialogProps {
  /** Null: closed. */
  model: LocalModel | null
  onClose: () => void
  onRemoved?: () => void
}

/** Asks before a model goes: with its file, or from the list alone. */
export function RemoveModelDialog({ model, onClose, onRemoved }: RemoveModelDialogProps) {
  // what it says must not change while it closes
  const [shown, setShown] = useState(model)
  if (model && model !== shown) setShown(model)
  if (!shown) return null
  const deletes = wayToRemove(shown) === 'delete'
  return (
    <ConfirmDialog
      open={model !== null}
      onClose={onClose}
      title={deletes ? `Delete ${shown.name}` : `Take ${shown.name} off the list`}
      confirm={deletes ? 'Delete the file' : 'Take off the list'}
      onConfirm={async () => {
        const problem = await attempt(() => removeModel(shown.id, deletes))
        if (problem === null) onRemoved?.()
        return problem
      }}
    >
      {deletes
        ? `Its file is deleted from the models folder, which frees ${formatBytes(shown.sizeBytes)}. To use it again it has to be downloaded again.`
        : 'Homeport forgets it with its settings. The file stays where it is.'}
    </ConfirmDialog>
  )
}
