import { Pause, Play, X } from 'lucide-react'
import type { Download } from '../../../../core/contract/downloads.ts'
import { useResource } from '../../../client/resource.ts'
import { localModels } from '../../../client/resources.ts'
import { navigate } from '../../../client/route.ts'
import { Button, IconButton } from '../../../components/button.tsx'
import { placeId } from '../place.ts'
import { removeDownload, setPaused, startDownload } from './download-actions.ts'
import { askInChat } from './model-actions.ts'

/** What can be done with a download where it stands: pause, go on, try again, give up, use it. */
export function DownloadControls({ download }: { download: Download }) {
  const { state, name } = download
  return (
    <span className="flex shrink-0 items-center gap-1">
      {(state === 'downloading' || state === 'queued') && (
        <IconButton label={`Pause ${name}`} onClick={() => void setPaused(download, true)}>
          <Pause />
        </IconButton>
      )}
      {state === 'paused' && (
        <IconButton label={`Resume ${name}`} onClick={() => void setPaused(download, false)}>
          <Play />
        </IconButton>
      )}
      {state === 'failed' && (
        <Button aria-label={`Retry ${name}`} onClick={() => void startDownload(download)}>
          Retry
        </Button>
      )}
      {state === 'done' && download.modelId !== null && <UseButton id={download.modelId} name={name} />}
      {state !== 'verifying' && (
        <IconButton
          label={state === 'done' ? `Dismiss ${name}` : `Cancel ${name}`}
          onClick={() => void removeDownload(download)}
        >
          <X />
        </IconButton>
      )}
    </span>
  )
}

/** Opens a chat with it; a model that does not chat shows its page. */
export function UseButton({ id, name }: { id: string; name: string }) {
  const kind = useResource(localModels).data?.find((model) => model.id === id)?.kind
  const use = (): void =>
    kind === undefined || kind === 'chat'
      ? void askInChat(id)
      : navigate('models', placeId({ show: 'model', id }))
  return (
    <Button aria-label={`Use ${name}`} onClick={use}>
      Use it
    </Button>
  )
}
