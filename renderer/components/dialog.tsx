import { AlertDialog as BaseAlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Notice } from './notice.tsx'

const backdrop =
  'fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'
const popup =
  'float fixed left-1/2 z-50 flex max-h-[calc(100vh-64px)] w-[calc(100vw-48px)] -translate-x-1/2 flex-col rounded-lg transition duration-150 data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** Widest it gets, in pixels. */
  width?: number
  children: ReactNode
}

export function Dialog({ open, onClose, title, width = 480, children }: DialogProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdrop} />
        <BaseDialog.Popup className={classNames(popup, 'top-[10vh]')} style={{ maxWidth: width }}>
          <header className="flex h-12 shrink-0 items-center justify-between border-b border-line pr-2 pl-5">
            <BaseDialog.Title className="font-semibold">{title}</BaseDialog.Title>
            <BaseDialog.Close render={<IconButton label="Close" keys="Esc" />}>
              <X />
            </BaseDialog.Close>
          </header>
          <div className="min-h-0 overflow-y-auto p-5">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

interface ConfirmDialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** What the button says: the verb. */
  confirm: string
  /** Resolves with null when it is done, which closes the dialog, or with what went wrong in words. */
  onConfirm: () => Promise<string | null>
  children: ReactNode
}

/** Asks before something that cannot be undone. The safe choice has the focus. */
export function ConfirmDialog({ open, onClose, title, confirm, onConfirm, children }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const close = (): void => {
    setError(null)
    onClose()
  }
  const run = (): void => {
    setBusy(true)
    void onConfirm().then((problem) => {
      setBusy(false)
      if (problem === null) close()
      else setError(problem)
    })
  }
  return (
    <BaseAlertDialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className={backdrop} />
        <BaseAlertDialog.Popup className={classNames(popup, 'top-[22vh] max-w-[420px] gap-2 p-5')}>
          <BaseAlertDialog.Title className="text-l font-semibold">{title}</BaseAlertDialog.Title>
          <BaseAlertDialog.Description className="text-text-2 [overflow-wrap:anywhere]">
            {children}
          </BaseAlertDialog.Description>
          {error && <Notice tone="bad">{error}</Notice>}
          <div className="mt-3 flex justify-end gap-2">
            <BaseAlertDialog.Close render={<Button />}>Cancel</BaseAlertDialog.Close>
            <Button look="danger" disabled={busy} onClick={run}>
              {confirm}
            </Button>
          </div>
        </BaseAlertDialog.Popup>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  )
}
