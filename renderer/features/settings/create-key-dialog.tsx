import { type FormEvent, useState } from 'react'
import type { CreatedAppKey } from '../../../core/contract/access.ts'
import { errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { appKeys } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field, TextInput } from '../../components/field.tsx'

interface CreateKeyDialogProps {
  open: boolean
  onClose: () => void
}

export function CreateKeyDialog({ open, onClose }: CreateKeyDialogProps) {
  const [created, setCreated] = useState<CreatedAppKey | null>(null)
  const close = (): void => {
    onClose()
    setCreated(null)
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={created ? `The key of ${created.key.name}` : 'Create an app key'}
    >
      {created ? (
        <div className="flex flex-col gap-4">
          <p className="text-text-2">Copy it now. It is stored hashed and cannot be shown again.</p>
          <div className="flex items-center gap-2 rounded-md bg-sunk py-2 pr-2 pl-3">
            <code className="min-w-0 flex-1 font-mono text-s break-all select-all">{created.secret}</code>
            <CopyButton text={created.secret} label="Copy key" />
          </div>
          <div className="flex justify-end">
            <Button look="primary" onClick={close}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <CreateKeyForm
          onCreated={(next) => {
            setCreated(next)
            void appKeys.refresh()
          }}
        />
      )}
    </Dialog>
  )
}

function CreateKeyForm({ onCreated }: { onCreated: (created: CreatedAppKey) => void }) {
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    try {
      onCreated(await daemon.invoke('POST /app/keys', { body: { name } }))
    } catch (thrown) {
      setError(errorText(thrown))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <Field label="Which program is it for" hint="Its name in Activity." error={error}>
        {(control) => (
          <TextInput
            {...control}
            value={name}
            maxLength={80}
            placeholder="Nightly notes digest"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="flex items-center gap-2">
        <Button look="quiet" className="-ml-3" onClick={() => navigate('connect')}>
          Set-ups for known programs
        </Button>
        <span className="flex-1" />
        <Button look="primary" type="submit" disabled={busy || name.trim() === ''}>
          Create
        </Button>
      </div>
    </form>
  )
}
