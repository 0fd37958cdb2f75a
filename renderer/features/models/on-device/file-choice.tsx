import { Download } from 'lucide-react'
import { useState } from 'react'
import type { OfferedFile } from '../../../../core/contract/downloads.ts'
import { useResource } from '../../../client/resource.ts'
import { downloads } from '../../../client/resources.ts'
import { Button } from '../../../components/button.tsx'
import { formatBytes } from '../../../components/format/tokens.ts'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { Select, type SelectOption } from '../../../components/select.tsx'
import { recommendFile } from './choose-file.ts'
import { startDownload } from './download-actions.ts'
import { DownloadControls, UseButton } from './download-controls.tsx'
import { describeDownload, downloadedPart, downloadOf } from './download-words.ts'
import { FitBadge } from './fit-badge.tsx'
import { describeFit } from './fit-words.ts'

interface FileChoiceProps {
  name: string
  repo: string
  files: readonly OfferedFile[]
}

/** Which file of a model to have, the best for this machine chosen already, and its download in the same place. */
export function FileChoice({ name, repo, files }: FileChoiceProps) {
  const running = useResource(downloads).data
  const recommended = recommendFile(files)
  const begun = files.find(({ file }) => downloadOf(running, { repo, file }) !== null)
  const installed = files.find(({ installedAs }) => installedAs !== null)
  const [chosen, setChosen] = useState<string | null>(null)
  const file =
    files.find((offered) => offered.file === chosen) ?? begun ?? installed ?? recommended ?? files[0]
  const [starting, setStarting] = useState(false)
  if (!file) return <p className="text-s text-text-3">No file that can be used.</p>
  const download = file.installedAs === null ? downloadOf(running, { repo, file: file.file }) : null
  const start = (): void => {
    setStarting(true)
    void startDownload({ repo, file: file.file }).then(() => setStarting(false))
  }
  return (
    <div className="flex w-[300px] shrink-0 flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <Select
            label={`File of ${name}`}
            value={file.file}
            options={files.map((offered) => fileOption(offered, offered === recommended))}
            onChange={setChosen}
          />
        </div>
        {file.installedAs !== null ? (
          <UseButton id={file.installedAs} name={name} />
        ) : download ? (
          <DownloadControls download={download} />
        ) : (
          <Button icon={<Download />} disabled={starting} aria-label={`Download ${name}`} onClick={start}>
            Download
          </Button>
        )}
      </div>
      {download ? (
        <div>
          {download.state !== 'failed' && download.state !== 'done' && (
            <ProgressBar
              label={`Download of ${name}`}
              value={downloadedPart(download)}
              words={describeDownload(download)}
              still={download.state === 'paused' || download.state === 'queued'}
            />
          )}
          <p
            className={
              download.state === 'failed' ? 'text-xs text-bad-text' : 'mt-1 truncate text-xs text-text-3'
            }
          >
            {describeDownload(download)}
          </p>
        </div>
      ) : (
        <span className="flex items-center gap-3 pl-2 text-xs">
          <FitBadge fit={file.fit} />
          {file.installedAs !== null && <span className="text-ok-text">Installed</span>}
        </span>
      )}
    </div>
  )
}

function fileOption(offered: OfferedFile, recommended: boolean): SelectOption<string> {
  const { file, quantization, sizeBytes, fit, installedAs } = offered
  const size = sizeBytes === null ? 'size unknown' : formatBytes(sizeBytes)
  const notes = [
    describeFit(fit),
    recommended ? 'suggested' : null,
    installedAs === null ? null : 'installed'
  ].filter((note) => note !== null)
  return { value: file, label: `${quantization ?? file} · ${size}`, hint: notes.join(', ') }
}
