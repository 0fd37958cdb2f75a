import { FilePlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { LocalModel } from '../../../../core/contract/local-models.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { localModels } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { bridge } from '../../../components/system/bridge.ts'

/** Adds a GGUF file by its path. Resolves with the model. */
async function addModel(path: string): Promise<LocalModel> {
  const model = await daemon.invoke('POST /app/local-models', { body: { path } })
  void localModels.refresh()
  return model
}

interface AddLocalModelProps {
  onAdded: (model: LocalModel) => void
}

/** Chooses a file in the desktop app's own dialog; a browser cannot see paths, so there it is pasted. */
export function AddLocalModel({ onAdded }: AddLocalModelProps) {
  const [path, setPath] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  const add = async (chosen: string): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      onAdded(await addModel(chosen))
      setPath('')
    } catch (thrown) {
      setError(errorText(thrown))
    } finally {
      setBusy(false)
    }
  }
  const choose = async (): Promise<void> => {
    const chosen = await bridge?.invoke('dialog:choose-model-file')
    if (chosen) await add(chosen)
  }
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    if (path.trim() !== '') void add(path.trim())
  }

  if (bridge) {
    return (
      <div className="flex flex-col items-start gap-3">
        <Button icon={<FilePlus />} disabled={busy} onClick={() => void choose()}>
          {busy ? 'Reading the file' : 'Choose a GGUF file'}
        </Button>
        {error && <Notice tone="bad">{error}</Notice>}
      </div>
    )
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <Field label="Path of a GGUF file" hint="It stays where it is; Homeport only remembers the path.">
        {(control) => (
          <div className="flex gap-2">
            <TextInput
              {...control}
              className="font-mono"
              value={path}
              placeholder="/home/me/models/qwen3-4b-q4_k_m.gguf"
              onChange={(event) => setPath(event.target.value)}
            />
            <Button type="submit" disabled={busy || path.trim() === ''}>
              {busy ? 'Reading' : 'Add'}
            </Button>
          </div>
        )}
      </Field>
      {error && <Notice tone="bad">{error}</Notice>}
    </form>
  )
}
