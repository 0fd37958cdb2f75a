import { Download as DownloadIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { CatalogModel, Download, OfferedFile } from '../../../core/contract/downloads.ts'
import { useResource } from '../../client/resource.ts'
import { catalog, downloads } from '../../client/resources.ts'
import { Button } from '../../components/button.tsx'
import { formatBytes } from '../../components/format/tokens.ts'
import { Notice } from '../../components/notice.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { Rows } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { firstModelsFor } from '../../features/models/on-device/choose-file.ts'
import { startDownload } from '../../features/models/on-device/download-actions.ts'
import { DownloadControls } from '../../features/models/on-device/download-controls.tsx'
import { describeDownload, downloadedPart } from '../../features/models/on-device/download-words.ts'
import { FitBadge } from '../../features/models/on-device/fit-badge.tsx'
import { beginWithDownload } from './first-model.ts'

/** The models to begin with on this machine: one click fetches one, and the chat opens when it is here. */
export function FirstLocalModel({ onLeave }: { onLeave: () => void }) {
  const { data, error } = useResource(catalog)
  const running = useResource(downloads).data ?? []
  useEffect(() => {
    for (const { id } of running) beginWithDownload(id)
  }, [running])
  if (running.length > 0) return <OnItsWay downloads={running} onLeave={onLeave} />
  if (data === null) {
    return error ? (
      <Notice tone="bad" action={<Button onClick={() => void catalog.refresh()}>Try again</Button>}>
        {error}
      </Notice>
    ) : (
      <SkeletonRows count={3} height={84} />
    )
  }
  const offers = firstModelsFor(data, 3)
  if (offers.length === 0)
    return (
      <p className="text-text-2">
        None of the catalog's models fits the memory of this machine. A key from a provider is the way, then.
      </p>
    )
  return (
    <>
      <p className="mb-4 text-text-2">
        Free, offline, and nobody else reads along. These run well here; the first is the most able.
      </p>
      <Rows>
        {offers.map(({ model, file }, index) => (
          <Offer key={model.id} model={model} file={file} first={index === 0} />
        ))}
      </Rows>
      <p className="mt-4 text-s text-text-3">Downloaded from Hugging Face when you press the button.</p>
    </>
  )
}

interface OfferProps {
  model: CatalogModel
  file: OfferedFile
  first: boolean
}

function Offer({ model, file, first }: OfferProps) {
  const [starting, setStarting] = useState(false)
  const start = (): void => {
    setStarting(true)
    void startDownload({ repo: model.repo, file: file.file }).then(() => setStarting(false))
  }
  return (
    <div className="flex items-center gap-4 py-3">
      <div className="min-w-0 flex-1">
        <div className="font-medium">{model.name}</div>
        <p className="text-s text-text-2">{model.goodFor}</p>
        <div className="mt-0.5 text-xs">
          <FitBadge fit={file.fit} />
        </div>
      </div>
      <Button
        look={first ? 'primary' : 'plain'}
        icon={<DownloadIcon />}
        disabled={starting}
        aria-label={`Download ${model.name}`}
        onClick={start}
      >
        {file.sizeBytes === null ? 'Download' : formatBytes(file.sizeBytes)}
      </Button>
    </div>
  )
}

function OnItsWay({ downloads: all, onLeave }: { downloads: readonly Download[]; onLeave: () => void }) {
  return (
    <>
      <ul className="flex flex-col gap-5">
        {all.map((download) => (
          <li key={download.id} aria-label={download.name}>
            <div className="mb-1 flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">{download.name}</span>
              <DownloadControls download={download} />
            </div>
            <ProgressBar
              label={`Download of ${download.name}`}
              value={downloadedPart(download)}
              words={describeDownload(download)}
              still={download.state === 'paused' || download.state === 'failed'}
            />
            <p
              className={
                download.state === 'failed' ? 'mt-2 text-s text-bad-text' : 'mt-2 text-s text-text-2'
              }
            >
              {describeDownload(download)}
            </p>
          </li>
        ))}
      </ul>
      <div className="mt-7 flex items-center justify-between gap-4">
        <p className="text-s text-text-3">
          Your first chat opens when it is here. It goes on while you look around, or close the window.
        </p>
        <Button onClick={onLeave}>Look around</Button>
      </div>
    </>
  )
}
