import { type FormEvent, useState } from 'react'
import type { Provider, UpdateProvider } from '../../../core/contract/models.ts'
import { AppRequestError, errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { providers } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { showToast } from '../../components/toasts.tsx'
import { KeyFields, splitKeys } from './key-fields.tsx'
import { countKeys } from './provider-facts.ts'

const ways = [
  { value: 'add', label: 'Add further keys' },
  { value: 'replace', label: 'Replace all' }
] as const
type Way = (typeof ways)[number]['value']

interface KeysDialogProps {
  provider: Provider
  open: boolean
  onClose: () => void
}

export function KeysDialog({ provider, open, onClose }: KeysDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={`Keys of ${provider.name}`}>
      <KeysForm provider={provider} onClose={onClose} />
    </Dialog>
  )
}

function KeysForm({ provider, onClose }: Omit<KeysDialogProps, 'open'>) {
  const [way, setWay] = useState<Way>(provider.hasKey ? 'add' : 'replace')
  const [keys, setKeys] = useState([''])
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<{ text: string; canForce: boolean } | null>(null)

  const save = async (patch: UpdateProvider): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const saved = await daemon.invoke('PATCH /app/providers/:id', {
        params: { id: provider.id },
        body: patch
      })
      void providers.refresh()
      onClose()
      showToast(`${saved.name} has ${countKeys(saved)} now.`)
    } catch (thrown) {
      setProblem({
        text: errorText(thrown),
        canForce: thrown instanceof AppRequestError && thrown.status === 400
      })
    } finally {
      setBusy(false)
    }
  }
  const given = (force: boolean): UpdateProvider => {
    const { key, moreKeys = [] } = splitKeys(keys)
    if (way === 'replace') return { key: key ?? null, moreKeys, force }
    return { moreKeys: [...(key ? [key] : []), ...moreKeys], force }
  }
  const complete = keys.some((key) => key.trim() !== '')
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (complete && !busy) void save(given(false))
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <p className="text-text-2">
        {provider.hasKey
          ? `${provider.keyCount === 1 ? 'One key is stored' : `${provider.keyCount} keys are stored`}. With several, calls are spread over them, and one that is refused or limited rests.`
          : 'No key is stored.'}
        {provider.keyCount > 1 &&
          ' Stored keys are never shown, so none can be picked out: to remove one, replace all with those to keep.'}
      </p>
      {provider.hasKey && <Segmented label="What to do" value={way} options={ways} onChange={setWay} />}
      <KeyFields
        label={way === 'add' ? 'Further key' : 'Key'}
        hint="Kept in your secrets store, never shown again, sent to this address only."
        keys={keys}
        onChange={setKeys}
      />
      {problem && (
        <Notice
          tone="bad"
          action={
            problem.canForce && (
              <Button disabled={busy} onClick={() => void save(given(true))}>
                Save anyway
              </Button>
            )
          }
        >
          {problem.text}
        </Notice>
      )}
      <div className="flex items-center gap-2">
        {provider.hasKey && (
          <Button
            look="danger"
            disabled={busy}
            onClick={() => void save({ key: null, moreKeys: [], force: true })}
          >
            {provider.keyCount === 1 ? 'Forget the key' : 'Forget all'}
          </Button>
        )}
        <span className="flex-1" />
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={!complete || busy}>
          {busy ? 'Testing' : 'Test and save'}
        </Button>
      </div>
    </form>
  )
}
