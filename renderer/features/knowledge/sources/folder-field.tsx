import { FolderOpen } from 'lucide-react'
import { Button } from '../../../components/button.tsx'
import { Field, TextInput } from '../../../components/field.tsx'
import { bridge } from '../../../components/system/bridge.ts'

interface FolderFieldProps {
  path: string
  error: string | null
  onChange: (path: string) => void
}

/** A folder by its path. The desktop app has the system's dialog for it too; a browser cannot see paths. */
export function FolderField({ path, error, onChange }: FolderFieldProps) {
  const choose = async (): Promise<void> => {
    const chosen = await bridge?.invoke('dialog:choose-folder')
    if (chosen) onChange(chosen)
  }
  return (
    <Field
      label="Folder"
      hint={
        bridge
          ? 'An Obsidian vault or any other folder.'
          : 'The full path of an Obsidian vault or any other folder on this machine.'
      }
      error={error}
    >
      {(control) => (
        <div className="flex gap-2">
          <TextInput
            {...control}
            className="font-mono"
            placeholder="/home/me/Notes"
            value={path}
            onChange={(event) => onChange(event.target.value)}
          />
          {bridge && (
            <Button icon={<FolderOpen />} onClick={() => void choose()}>
              Choose
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}
