import { useState } from 'react'
import type { Download } from '../../../../core/contract/downloads.ts'
import { useResource } from '../../../client/resource.ts'
import { downloads } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { classNames } from '../../../components/class-names.ts'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { DownloadControls } from './download-controls.tsx'
import { describeDownload, downloadedPart, isUnderway } from './download-words.ts'

/** So many at first; the rest on demand. */
const SHOWN = 3

/** Downloads that are on their way, stopped, or just done, above whatever tab is open. */
export function DownloadStrip() {
  const all = useResource(downloads).data ?? []
  const [open, setOpen] = useState(false)
  if (all.length === 0) return null
  const ordered = all.toSorted(
    (a, b) => Number(isUnderway(b)) - Number(isUnderway(a)) || b.startedAt - a.startedAt
  )
  const shown = open ? ordered : ordered.slice(0, SHOWN)
  return (
    <section
      aria-label="Downloads"
      className="relative max-h-[40vh] shrink-0 overflow-y-auto border-b border-line bg-surface-1"
    >
      <ul className="mx-auto max-w-[960px] divide-y divide-line px-8 max-[860px]:px-5">
        {shown.map((download) => (
          <DownloadRow key={download.id} download={download} />
        ))}
        {all.length > SHOWN && (
          <li>
            <Button look="quiet" className="-ml-3" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? 'Show fewer' : `Show all ${all.length}`}
            </Button>
          </li>
        )}
      </ul>
    </section>
  )
}

function DownloadRow({ download }: { download: Download }) {
  const { name, file, state } = download
  const words = describeDownload(download)
  return (
    <li aria-label={name} className="flex min-h-14 items-center gap-4 py-1.5">
      <div className="w-56 min-w-0 shrink-0 max-[860px]:w-40">
        <div className="truncate font-medium">{name}</div>
        <div className="truncate text-xs text-text-3" title={file}>
          {file}
        </div>
      </div>
      <div className="min-w-0 flex-1">
        {state !== 'done' && state !== 'failed' && (
          <ProgressBar
            label={`Download of ${name}`}
            value={downloadedPart(download)}
            words={words}
            still={state === 'paused' || state === 'queued'}
          />
        )}
        <div
          className={classNames(
            'text-xs',
            state === 'failed' ? '[overflow-wrap:anywhere] text-bad-text' : 'truncate',
            state === 'done' && 'text-ok-text',
            state !== 'failed' && state !== 'done' && 'mt-1.5 text-text-2'
          )}
        >
          {words}
        </div>
      </div>
      <DownloadControls download={download} />
    </li>
  )
}
