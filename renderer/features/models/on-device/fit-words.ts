import type { ModelFit } from '../../../../core/contract/local-models.ts'
import { shortContext } from '../../../client/model-options.ts'
import { formatBytes } from '../../../components/format/tokens.ts'

const verdicts: Record<ModelFit['verdict'], string> = {
  gpu: 'Fits on the GPU',
  partly: 'Partly on the GPU',
  cpu: 'On the processor',
  no: 'Does not fit',
  unknown: 'Fit unknown'
}

/** How a model fits this machine, in a few words. */
export function describeFit(fit: ModelFit): string {
  return verdicts[fit.verdict]
}

/** The same in sentences: where it computes, and the memory to expect. */
export function explainFit(fit: ModelFit): string {
  return [placeWords(fit), memoryWords(fit)].filter(Boolean).join(' ')
}

function placeWords({ verdict, gpuLayers, layers }: ModelFit): string {
  switch (verdict) {
    case 'gpu':
      return layers ? `All ${layers} layers on the GPU: as fast as it gets here.` : 'All of it on the GPU.'
    case 'partly':
      return gpuLayers !== null && layers
        ? `${gpuLayers} of ${layers} layers on the GPU, the others on the processor, which is slower.`
        : 'A part of it on the GPU, the rest on the processor, which is slower.'
    case 'cpu':
      return 'It runs on the processor.'
    case 'no':
      return 'It needs more memory than models may take on this machine.'
    default:
      return 'The file does not say enough to tell.'
  }
}

function memoryWords({ memoryBytes, contextTokens }: ModelFit): string | null {
  if (memoryBytes === null) return null
  const context = contextTokens ? ` with ${shortContext(contextTokens)} tokens of context` : ''
  return `Expected memory: ${formatBytes(memoryBytes)}${context}.`
}
