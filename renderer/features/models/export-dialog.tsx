import { Download } from 'lucide-react'
import { useEffect, useState } from 'react'
import { errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { saveFile } from '../../components/system/save-file.ts'

interface ExportDialogProps {
  open: boolean
  onClose: () => void
}

/** Providers, aliases and limits as one YAML text, to keep or to take to another machine. */
export function ExportDialog({ open, onClose }: ExportDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title="Export the configuration" width={640}>
      <Configuration />
    </Dialog>
  )
}

function Configuration() {
  const [yaml, setYaml] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    daemon.invoke('GET /app/config').then(
      (answer) => setYaml(answer.yaml),
      (thrown: unknown) => setError(errorText(thrown))
    )
  }, [])
  return (
    <div className="flex flex-col gap-4">
      <p className="text-text-2">
        Providers, aliases and limits. Keys are never in it: whoever imports it adds their own.
      </p>
      {error && <Notice tone="bad">{error}</Notice>}
      {!error && (
        <textarea
          readOnly
          aria-label="Configuration"
          aria-busy={yaml === null}
          value={yaml ?? ''}
          className="control h-80 resize-none border-transparent bg-sunk py-2.5 font-mono leading-5 whitespace-pre"
        />
      )}
      <div className="flex justify-end gap-2">
        <CopyButton wide text={yaml ?? ''} />
        <Button
          look="primary"
          icon={<Download />}
          disabled={yaml === null}
          onClick={() => saveFile('homeport.yaml', 'application/yaml', yaml ?? '')}
        >
          Save as a file
        </Button>
      </div>
    </div>
  )
}
