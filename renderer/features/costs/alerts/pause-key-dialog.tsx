import { useState } from 'react'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { useResource } from '../../../client/resource.ts'
import { appKeys } from '../../../client/resources.ts'
import { ConfirmDialog } from '../../../components/dialog.tsx'

interface PauseKeyDialogProps {
  /** Null: closed. */
  keyId: string | null
  onClose: () => void
}

/** Keeps a program from spending: from then on only models of this machine answer it. Its limits in Settings take that back. */
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
      title={`Keep ${name} from spending`}
      confirm="Keep it from spending"
      onConfirm={() =>
        attempt(async () => {
          if (keyId === null) return
          await daemon.invoke('PATCH /app/keys/:id', {
            params: { id: keyId },
            body: { limits: { onDeviceOnly: true } }
          })
          await appKeys.refresh()
        })
      }
    >
      Only models of this machine answer it from now on, and its other requests are refused. The limits of its
      key, in Settings under Gateway, take that back.
    </ConfirmDialog>
  )
}
