import type { LocalModel, LocalModelSettings } from '../../../../core/contract/local-models.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { changeSettings, engine, localModels, models } from '../../../client/resources.ts'
import { navigate } from '../../../client/route.ts'
import { showToast } from '../../../components/toasts.tsx'

/** The name to ask it by. */
export function addressOf(id: string): string {
  return `on-device/${id}`
}

function put(model: LocalModel): void {
  const all = localModels.get()
  if (all) localModels.set(all.map((other) => (other.id === model.id ? model : other)))
}

async function tell(action: () => Promise<unknown>): Promise<void> {
  const problem = await attempt(action)
  if (problem) showToast(problem)
}

/** Loads or unloads it; resolves when that is through. A failure is told. */
export function setLoaded(id: string, loaded: boolean): Promise<void> {
  const key = loaded ? 'POST /app/local-models/:id/load' : 'POST /app/local-models/:id/unload'
  return tell(async () => {
    put(await daemon.invoke(key, { params: { id } }))
    // whether it is in memory is read from the engine
    await engine.refresh()
  })
}

/** Saves some settings of it, keeping the others. */
export function changeModelSettings(model: LocalModel, patch: Partial<LocalModelSettings>): Promise<void> {
  return tell(async () =>
    put(
      await daemon.invoke('PUT /app/local-models/:id/settings', {
        params: { id: model.id },
        body: { ...model.settings, ...patch }
      })
    )
  )
}

export function calibrate(id: string): Promise<void> {
  return tell(async () =>
    put(await daemon.invoke('POST /app/local-models/:id/calibrate', { params: { id } }))
  )
}

/** Takes it off the list, or deletes its file. Rejects with what went wrong. */
export async function removeModel(id: string, deleteFile: boolean): Promise<void> {
  await daemon.invoke('DELETE /app/local-models/:id', {
    params: { id },
    query: deleteFile ? { file: 'true' } : {}
  })
  await localModels.refresh()
}

/** Makes it the model that new chats ask, and opens one. */
export function askInChat(id: string): Promise<void> {
  return tell(async () => {
    await changeSettings({ defaultModel: addressOf(id) })
    await models.refresh()
    navigate('chat')
  })
}
