import type { EngineStatus, LocalModel, LocalModelDetails } from '../contract/local-models.ts'
import type { Model } from '../contract/models.ts'

/** The models of this machine, as dialects show, load and unload them. Ids are without `on-device/`. */
export interface OnDeviceModels {
  readonly models: {
    list(): Promise<LocalModel[]>
    details(id: string): Promise<LocalModelDetails>
    /** Resolves when it is in memory. */
    load(id: string, signal: AbortSignal): Promise<LocalModel>
    /** Ends the model's requests and takes it out of memory. */
    unload(id: string): Promise<LocalModel>
  }
  status(): Promise<EngineStatus>
}

const provider = 'on-device'

/** Which of this machine's models that is; null for one that runs elsewhere. */
export function localIdOf(model: Model | null): string | null {
  return model?.providerId === provider ? model.id.slice(provider.length + 1) : null
}

/** Unloads a model that nobody is using: one program must not end the answers of another. */
export async function unloadIfIdle(onDevice: OnDeviceModels, id: string): Promise<void> {
  const running = (await onDevice.status()).models.find((model) => model.id === id)
  if (running && running.active + running.waiting === 0) await onDevice.models.unload(id)
}
