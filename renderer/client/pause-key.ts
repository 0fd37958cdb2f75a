import { daemon } from './daemon.ts'
import { appKeys } from './resources.ts'

/** Refuses a program's calls from now on, or lets it call again. */
export async function setKeyPaused(id: string, paused: boolean): Promise<void> {
  await daemon.invoke('PATCH /app/keys/:id', { params: { id }, body: { paused } })
  await appKeys.refresh()
}
