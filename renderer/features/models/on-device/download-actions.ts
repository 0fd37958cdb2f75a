import type { Download, StartDownload } from '../../../../core/contract/downloads.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { takeDownload } from '../../../client/download-events.ts'
import { downloads } from '../../../client/resources.ts'
import { showToast } from '../../../components/toasts.tsx'

function put(download: Download): void {
  downloads.set(takeDownload({ type: 'download-changed', download }, downloads.get() ?? []))
}

async function tell(action: () => Promise<unknown>): Promise<void> {
  const problem = await attempt(action)
  if (problem) showToast(problem)
}

/** Starts it, or goes on with one of the same file that stopped or failed. A failure is told. */
export function startDownload({
  repo,
  file,
  revision
}: Pick<StartDownload, 'repo' | 'file'> & { revision?: string }): Promise<void> {
  return tell(async () =>
    put(
      await daemon.invoke('POST /app/downloads', { body: { repo, file, ...(revision ? { revision } : {}) } })
    )
  )
}

export function setPaused({ id }: Download, paused: boolean): Promise<void> {
  return tell(async () =>
    put(await daemon.invoke('PATCH /app/downloads/:id', { params: { id }, body: { paused } }))
  )
}

/** Stops it and deletes what has arrived; one that is done only leaves the list. */
export function removeDownload({ id }: Download): Promise<void> {
  return tell(async () => {
    await daemon.invoke('DELETE /app/downloads/:id', { params: { id } })
    downloads.set((downloads.get() ?? []).filter((other) => other.id !== id))
  })
}
