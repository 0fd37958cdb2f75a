import { FileUp } from 'lucide-react'
import { type ChangeEvent, useRef, useState } from 'react'
import type { AppResponse } from '../../../core/contract/app-routes.ts'
import { errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { aliases, models, providers } from '../../client/resources.ts'
import { navigate } from '../../client/route.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { findProblem } from './config-problem.ts'
import { placeId } from './place.ts'

const example = `version: 1
providers:
  - id: openai
    kind: openai
aliases:
  best:
    strategy: priority
    targets:
      - openai/gpt-5.2`

type Imported = AppResponse<'PUT /app/config'>

interface ImportDialogProps {
  open: boolean
  onClose: () => void
}

/** Takes a configuration as a file or as text. It is checked whole before anything is changed. */
export function ImportDialog({ open, onClose }: ImportDialogProps) {
  const [done, setDone] = useState<Imported | null>(null)
  const close = (): void => {
    setDone(null)
    onClose()
  }
  return (
    <Dialog open={open} onClose={close} title="Import a configuration" width={640}>
      {done ? <ImportedList imported={done} onClose={close} /> : <ImportForm onDone={setDone} />}
    </Dialog>
  )
}

function ImportForm({ onDone }: { onDone: (imported: Imported) => void }) {
  const [yaml, setYaml] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const text = useRef<HTMLTextAreaElement>(null)
  const file = useRef<HTMLInputElement>(null)

  const read = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [chosen] = event.target.files ?? []
    event.target.value = ''
    if (chosen) setYaml(await chosen.text())
    setError(null)
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const imported = await daemon.invoke('PUT /app/config', { body: { yaml } })
      await Promise.all([providers.refresh(), aliases.refresh(), models.refresh()])
      onDone(imported)
    } catch (thrown) {
      const message = errorText(thrown)
      setError(message)
      selectProblem(text.current, message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-text-2">
        What the text names is added or replaced. Nothing else is removed, and keys stay where they are.
      </p>
      <textarea
        ref={text}
        aria-label="Configuration as YAML"
        aria-invalid={error !== null}
        value={yaml}
        rows={14}
        spellCheck={false}
        placeholder={example}
        onChange={(event) => {
          setYaml(event.target.value)
          setError(null)
        }}
        className="control h-auto resize-y py-2 font-mono leading-5 whitespace-pre"
      />
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex gap-2">
        <input
          ref={file}
          type="file"
          accept=".yaml,.yml,.txt"
          className="hidden"
          onChange={(event) => void read(event)}
        />
        <Button icon={<FileUp />} onClick={() => file.current?.click()}>
          Choose a file
        </Button>
        <span className="flex-1" />
        <Button look="primary" disabled={busy || yaml.trim() === ''} onClick={() => void save()}>
          {busy ? 'Checking' : 'Import'}
        </Button>
      </div>
    </div>
  )
}

/** Shows what is wrong where it stands. */
function selectProblem(area: HTMLTextAreaElement | null, message: string): void {
  const stretch = area && findProblem(area.value, message)
  if (!stretch) return
  area.focus()
  area.setSelectionRange(stretch.start, stretch.end)
  const line = area.value.slice(0, stretch.start).split('\n').length
  area.scrollTop = Math.max(0, (line - 4) * 20)
}

function ImportedList({ imported, onClose }: { imported: Imported; onClose: () => void }) {
  const known = providers.get() ?? []
  return (
    <div className="flex flex-col gap-4">
      <p>
        {count(imported.providers.length, 'provider')} and{' '}
        {count(imported.aliases.length, 'alias', 'aliases')} are in place.
      </p>
      {imported.keysMissing.length > 0 && (
        <section aria-label="Without a key">
          <h3 className="pb-1 text-xs font-medium text-text-3">These have no key yet</h3>
          <ul className="divide-y divide-line border-y border-line">
            {imported.keysMissing.map((id) => (
              <li key={id} className="flex h-11 items-center justify-between">
                {known.find((provider) => provider.id === id)?.name ?? id}
                <Button
                  onClick={() => {
                    onClose()
                    navigate('models', placeId({ show: 'provider', id }))
                  }}
                >
                  Add its key
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {imported.limitsSkipped.length > 0 && (
        <p className="text-s text-text-2">
          Limits were left out for {imported.limitsSkipped.join(', ')}: no app key has that name.
        </p>
      )}
      <div className="flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
