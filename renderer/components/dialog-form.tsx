import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface DialogFormProps {
  /** What the button says: the verb. */
  submit?: string
  /**
   * Resolves with null when it is saved, which closes the dialog, or with what went wrong in words. Null: something is
   * filled in wrongly.
   */
  onSave: (() => Promise<string | null>) | null
  onClose: () => void
  /** The fields. `tried`: the person wanted to save, and has to know what is wrong. */
  children: (tried: boolean) => ReactNode
}

/** What a dialog asks, saved by Enter as by its button. What went wrong stands above the buttons. */
export function DialogForm({ submit = 'Save', onSave, onClose, children }: DialogFormProps) {
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (onSave === null) return
    setBusy(true)
    const problem = await onSave()
    setBusy(false)
    setError(problem)
    if (problem === null) onClose()
  }
  return (
    <form ref={focusFirst} className="flex flex-col gap-4" onSubmit={(event) => void save(event)}>
      {children(tried)}
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={busy}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

/** Whoever opens it wants to fill it in. */
function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[role=combobox], input:not([aria-hidden]), textarea')?.focus()
}
