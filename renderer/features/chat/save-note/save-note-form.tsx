import { ExternalLink } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { ChatSummary } from '../../../../core/contract/chats.ts'
import type { SavedNote } from '../../../../core/contract/knowledge.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { useResource } from '../../../client/resource.ts'
import { sources } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Select } from '../../../components/select.tsx'
import { openInObsidian } from '../../../components/system/open-link.ts'
import { noteName } from './note-name.ts'

const FOLDER_KEY = 'homeport.note-folder'
const SOURCE_KEY = 'homeport.note-source'
const TEMPLATE_KEY = 'homeport.note-template'

interface SaveNoteFormProps {
  chat: ChatSummary
  messageId: string | null
  onDone: () => void
}

/** Where the note goes and what it is called. Folder, source and template stay as they were the last time. */
export function SaveNoteForm({ chat, messageId, onDone }: SaveNoteFormProps) {
  const all = useResource(sources).data ?? []
  const [chosen, setChosen] = useState(() => localStorage.getItem(SOURCE_KEY))
  const [folder, setFolder] = useState(() => localStorage.getItem(FOLDER_KEY) ?? 'Homeport')
  const [template, setTemplate] = useState(() => localStorage.getItem(TEMPLATE_KEY) ?? '')
  const [name, setName] = useState(() => noteName(chat.title))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [saved, setSaved] = useState<SavedNote | null>(null)
  const source = all.find(({ id }) => id === chosen) ?? all[0]

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!source) return
    setBusy(true)
    setError(null)
    localStorage.setItem(SOURCE_KEY, source.id)
    localStorage.setItem(FOLDER_KEY, folder)
    localStorage.setItem(TEMPLATE_KEY, template)
    const body = {
      sourceId: source.id,
      chatId: chat.id,
      folder: folder.trim(),
      name: name.trim(),
      ...(messageId !== null && { messageId }),
      ...(template.trim() !== '' && { template: template.trim() })
    }
    try {
      setSaved(await daemon.invoke('POST /app/knowledge/notes', { body }))
    } catch (thrown) {
      setError(errorText(thrown))
    } finally {
      setBusy(false)
    }
  }
  if (saved) return <Saved note={saved} onDone={onDone} />
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
      <Field label="Source">
        {({ id }) => (
          <Select
            id={id}
            label="Source"
            value={source?.id ?? ''}
            options={all.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setChosen}
          />
        )}
      </Field>
      <Field label="Folder" hint="Within the source. It is made if it is not there.">
        {(control) => (
          <TextInput {...control} value={folder} onChange={(event) => setFolder(event.target.value)} />
        )}
      </Field>
      <Field label="Name" hint="An existing note is never overwritten.">
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Template"
        hint="Optional: the path of a note with {{title}}, {{content}} and {{date}} in it."
      >
        {(control) => (
          <TextInput
            {...control}
            placeholder="Templates/Answer.md"
            value={template}
            onChange={(event) => setTemplate(event.target.value)}
          />
        )}
      </Field>
      {error && <Notice tone="bad">{error}</Notice>}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={busy || !source || name.trim() === ''}>
          Save the note
        </Button>
      </div>
    </form>
  )
}

function Saved({ note, onDone }: { note: SavedNote; onDone: () => void }) {
  const { path, obsidianUrl } = note
  return (
    <div className="flex flex-col gap-4">
      <p role="status">
        Saved as <span className="font-mono text-s [overflow-wrap:anywhere]">{path}</span>. It can be found in
        a moment.
      </p>
      <div className="flex justify-end gap-2">
        {obsidianUrl !== null && (
          <Button icon={<ExternalLink />} onClick={() => openInObsidian(obsidianUrl)}>
            Open in Obsidian
          </Button>
        )}
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  )
}
