import { setTimeout as delay } from 'node:timers/promises'
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

/** The engine says how busy it is a few times a second, so what was just answered may still count. */
const PATIENCE_MS = 1500
const LOOK_EVERY_MS = 100

/** Unloads a model unless others are using it: one program must not end the answers of another. */
export async function unloadIfIdle(onDevice: OnDeviceModels, id: string): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS
  do {
    const running = (await onDevice.status()).models.find((model) => model.id === id)
    if (!running) return
    if (running.active + running.waiting === 0) {
      await onDevice.models.unload(id)
      return
    }
    await delay(LOOK_EVERY_MS)
  } while (performance.now() < giveUpAt)
}
