import { useState } from 'react'
import { attempt } from '../../../client/app-request-error.ts'
import { setKeyPaused } from '../../../client/pause-key.ts'
import { useResource } from '../../../client/resource.ts'
import { appKeys } from '../../../client/resources.ts'
import { ConfirmDialog } from '../../../components/dialog.tsx'

interface PauseKeyDialogProps {
  /** Null: closed. */
  keyId: string | null
  onClose: () => void
}

/** Asks before a program is stopped from calling. */
export function PauseKeyDialog({ keyId, onClose }: PauseKeyDialogProps) {
  const keys = useResource(appKeys).data ?? []
  // what it says must not change while it closes
  const [shown, setShown] = useState(keyId)
  if (keyId !== null && keyId !== shown) setShown(keyId)
  const name = keys.find(({ id }) => id === shown)?.name ?? 'this program'
  return (
    <ConfirmDialog
      open={keyId !== null}
      onClose={onClose}
      title={`Pause ${name}`}
      confirm="Pause"
      onConfirm={() => attempt(async () => keyId !== null && setKeyPaused(keyId, true))}
    >
      Its calls are refused from now on, and it is told why. What is being answered ends as usual. Resume it
      here, or in Settings under Gateway.
    </ConfirmDialog>
  )
}
