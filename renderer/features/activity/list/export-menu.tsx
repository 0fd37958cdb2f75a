import { Download, FileText, Table } from 'lucide-react'
import { useRef, useState } from 'react'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { formatDateTime } from '../../../components/format/time.ts'
import { formatBytes } from '../../../components/format/tokens.ts'
import { Menu, MenuItem } from '../../../components/menu.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { saveFile } from '../../../components/system/save-file.ts'
import { showToast } from '../../../components/toasts.tsx'
import { askedFilters, type Filters } from '../filters/filters.ts'
import { localDay } from '../filters/local-days.ts'
import { collectExport, type ExportProgress } from './export-calls.ts'

type ExportFormat = keyof typeof mediaTypes
const mediaTypes = { jsonl: 'application/jsonl', csv: 'text/csv' }
const choices = [
  { format: 'jsonl', bodies: false, label: 'Calls as JSONL', icon: <FileText /> },
  { format: 'jsonl', bodies: true, label: 'Calls with texts as JSONL', icon: <FileText /> },
  { format: 'csv', bodies: false, label: 'Calls as CSV', icon: <Table /> },
  { format: 'csv', bodies: true, label: 'Calls with texts as CSV', icon: <Table /> }
] as const

/** Everything that matches, as one file. */
export function ExportMenu({ filters }: { filters: Filters }) {
  const [progress, setProgress] = useState<ExportProgress | null>(null)
  const running = useRef<AbortController | null>(null)
  const save = async (format: ExportFormat, bodies: boolean): Promise<void> => {
    const job = new AbortController()
    running.current = job
    const now = Date.now()
    setProgress({ bytes: 0, reached: null })
    const problem = await attempt(async () => {
      const file = await collectExport(
        (query) => daemon.invoke('GET /app/trace-export', { query }),
        { ...askedFilters(filters, now), format, bodies: bodies ? 'true' : 'false' },
        { signal: job.signal, onProgress: (next) => !job.signal.aborted && setProgress(next) }
      )
      if (file) saveFile(`homeport-calls-${localDay(now)}.${format}`, mediaTypes[format], file)
    })
    if (!job.signal.aborted) setProgress(null)
    if (problem) showToast(problem)
  }
  const cancel = (): void => {
    running.current?.abort()
    setProgress(null)
  }
  return (
    <>
      <Menu trigger={<Button icon={<Download />}>Export</Button>}>
        {choices.map(({ format, bodies, label, icon }) => (
          <MenuItem key={label} icon={icon} onSelect={() => void save(format, bodies)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
      <Dialog open={progress !== null} onClose={cancel} title="Exporting calls" width={420}>
        <div className="flex flex-col gap-3">
          <ProgressBar label="Exporting" value={null} />
          <p className="text-s text-text-2">{progress && progressWords(progress)}</p>
          <div className="flex justify-end">
            <Button onClick={cancel}>Cancel</Button>
          </div>
        </div>
      </Dialog>
    </>
  )
}

function progressWords({ bytes, reached }: ExportProgress): string {
  const size = formatBytes(bytes)
  return reached === null ? size : `${size}, back to ${formatDateTime(reached)}`
}
