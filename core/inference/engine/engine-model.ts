import type { EngineModel } from '../../contract/engine-frames.ts'
import type { LocalModelSettings } from '../../contract/local-models.ts'
import type { PlacedFit } from '../fit/fit.ts'

const MINUTE_MS = 60_000

/** How the engine is to run a model: as the person set, and where nothing is set, as it was found to be best here. */
export function engineModelOf(
  path: string,
  settings: LocalModelSettings,
  found: { fit: PlacedFit; calibratedThreads: number | null; draftPath: string | null }
): EngineModel {
  const { fit, calibratedThreads, draftPath } = found
  return {
    path,
    contextTokens: settings.contextTokens ?? fit.contextTokens,
    parallel: settings.parallel ?? (fit.verdict === 'unknown' ? null : fit.parallel),
    // the engine sees what is free on the GPU when it loads the model
    gpuLayers: settings.gpuLayers,
    threads: settings.threads ?? calibratedThreads,
    flashAttention: settings.flashAttention,
    kvCache: settings.kvCache,
    draftPath,
    idleMs: settings.idleMinutes * MINUTE_MS,
    memoryBytes: fit.memoryBytes
  }
}
