import type { EngineModel } from '../../contract/engine-frames.ts'

/** A model as it is asked for where nobody changed anything, but that it stays in memory. */
export function engineModel(path: string, options: Partial<EngineModel> = {}): EngineModel {
  return {
    path,
    contextTokens: null,
    parallel: null,
    gpuLayers: null,
    threads: null,
    flashAttention: null,
    kvCache: 'f16',
    draftPath: null,
    idleMs: 0,
    memoryBytes: null,
    ...options
  }
}
