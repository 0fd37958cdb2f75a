import { FolderPlus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useResource } from '../../client/resource.ts'
import { info } from '../../client/resources.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Field, TextInput } from '../../components/field.tsx'
import type { OnDevicePart } from './on-device-settings.tsx'

/** The folders that are looked through for models: Homeport's own, and those added here. */
export function ModelFolders({ chosen, change }: OnDevicePart) {
  const own = useResource(info).data?.modelsDir
  const [path, setPath] = useState('')
  const [error, setError] = useState<string | null>(null)
  const { folders } = chosen
  const set = async (next: string[]): Promise<boolean> => {
    const problem = await change({ folders: next })
    setError(problem)
    return problem === null
  }
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const wanted = path.trim()
    if (wanted === '') return
    if (folders.includes(wanted)) return setError('This folder is on the list already.')
    if (await set([...folders, wanted])) setPath('')
  }
  return (
    <div className="py-3">
      <div>Folders</div>
      <ul aria-label="Model folders" className="mt-1">
        {own && (
          <li className="flex min-h-8 items-center gap-3 text-s">
            <span className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere] select-text">
              {own}
            </span>
            <span className="text-text-3">downloads go here</span>
          </li>
        )}
        {folders.map((folder) => (
          <li key={folder} className="flex min-h-8 items-center gap-3">
            <span className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere] select-text">
              {folder}
            </span>
            <IconButton
              small
              label={`Take ${folder} off the list; its files stay`}
              onClick={() => void set(folders.filter((other) => other !== folder))}
            >
              <X />
            </IconButton>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void add(event)} className="mt-2">
        <Field
          label="Another folder"
          hint="Its full path. Folders inside it are looked through, too."
          error={error}
        >
          {(control) => (
            <div className="flex gap-2">
              <TextInput
                {...control}
                className="font-mono"
                value={path}
                onChange={(event) => {
                  setPath(event.target.value)
                  setError(null)
                }}
              />
              <Button type="submit" icon={<FolderPlus />} disabled={path.trim() === ''}>
                Add folder
              </Button>
            </div>
          )}
        </Field>
      </form>
    </div>
  )
}
