import type { EngineStatus, LocalModel, RunningModel } from '../../../contract/local-models.ts'
import { detailsOf, digestOf } from './model-details.ts'

/** As far off as the dialect's dates go: it stays, or is in use. */
const never = '9999-12-31T23:59:59Z'

/** The answer of `/api/ps`: the models in memory, with what they take there. */
export function runningBody({ models }: Pick<EngineStatus, 'models'>, files: readonly LocalModel[]) {
  return {
    models: models
      .filter(({ state }) => state === 'loaded')
      .map((model) => {
        const file = files.find(({ id }) => id === model.id)
        const id = `on-device/${model.id}`
        return {
          name: id,
          model: id,
          size: model.memoryBytes,
          digest: digestOf(id),
          details: detailsOf({ providerId: 'on-device', onDevice: true }, file),
          expires_at: model.unloadsAt === null ? never : new Date(model.unloadsAt).toISOString(),
          size_vram: Math.round(model.memoryBytes * gpuShare(model, file)),
          context_length: model.contextTokens
        }
      })
  }
}

/** Layers take about the same each; where their number is unknown, some on the GPU are taken for all. */
function gpuShare({ gpuLayers }: RunningModel, file: LocalModel | undefined): number {
  if (gpuLayers === 0) return 0
  const layers = file?.fit.layers ?? gpuLayers
  return Math.min(1, gpuLayers / Math.max(1, layers))
}
