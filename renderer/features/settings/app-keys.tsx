import { KeyRound, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { AppKey, CreatedAppKey } from '../../../core/contract/access.ts'
import { attempt, errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { appKeys } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { ConfirmDialog, Dialog } from '../../components/dialog.tsx'
import { Field, TextInput } from '../../components/field.tsx'
import { formatAgo, formatDateTime } from '../../components/format/time.ts'
import { Notice } from '../../components/notice.tsx'
import { Rows, Section } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'

interface AppKeysProps {
  /** Hands on a key just made, to be filled into the snippets below. */
  onCreated: (secret: string) => void
}

export function AppKeys({ onCreated }: AppKeysProps) {
  const { data, error } = useResource(appKeys)
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<AppKey | null>(null)
  const active = data?.filter((key) => key.revokedAt === null) ?? []
  return (
    <Section
      title="App keys"
      lead="Every program gets its own key, so that Activity can tell them apart and you can cut one off."
      action={
        <Button icon={<Plus />} onClick={() => setCreating(true)}>
          Create a key
        </Button>
      }
    >
      {data === null ? (
        error ? (
          <Notice tone="bad" action={<Button onClick={() => void appKeys.refresh()}>Try again</Button>}>
            {error}
          </Notice>
        ) : (
          <SkeletonRows count={2} height={52} />
        )
      ) : active.length === 0 ? (
        <div className="rounded-lg border border-dashed border-line-strong px-4 py-4 text-s text-text-2">
          No key yet. Create one for the first program you want to connect.
        </div>
      ) : (
        <Rows>
          {active.map((key) => (
            <div key={key.id} className="flex min-h-[52px] items-center gap-3 py-2">
              <KeyRound className="size-4 shrink-0 text-text-3" aria-hidden />
              <div className="min-w-0 flex-1">
                <div className="truncate font-medium">{key.name}</div>
                <div className="truncate text-xs text-text-3">
                  <span className="font-mono">{key.prefix}…</span> · created {formatDateTime(key.createdAt)}
                </div>
              </div>
              <span className="text-xs whitespace-nowrap text-text-3">
                {key.lastUsedAt === null
                  ? 'never used'
                  : `last used ${formatAgo(key.lastUsedAt, Date.now())}`}
              </span>
              <Button look="danger" onClick={() => setRevoking(key)}>
                Revoke
              </Button>
            </div>
          ))}
        </Rows>
      )}
      <CreateKeyDialog open={creating} onClose={() => setCreating(false)} onCreated={onCreated} />
      <ConfirmDialog
        open={revoking !== null}
        onClose={() => setRevoking(null)}
        title={`Revoke the key of ${revoking?.name ?? ''}`}
        confirm="Revoke"
        onConfirm={() =>
          attempt(() => daemon.invoke('DELETE /app/keys/:id', { params: { id: revoking?.id ?? '' } }))
        }
      >
        The program that uses it is refused at once. What it did stays in Activity.
      </ConfirmDialog>
    </Section>
  )
}

interface CreateKeyDialogProps extends AppKeysProps {
  open: boolean
  onClose: () => void
}

function CreateKeyDialog({ open, onClose, onCreated }: CreateKeyDialogProps) {
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
            onCreated(next.secret)
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
            placeholder="Continue (VS Code)"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="flex justify-end">
        <Button look="primary" type="submit" disabled={busy || name.trim() === ''}>
          Create
        </Button>
      </div>
    </form>
  )
}
