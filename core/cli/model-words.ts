import type { LocalModel, ModelFit } from '../contract/local-models.ts'
import { size } from './amounts.ts'

/** Whether and how a model fits this machine, in a few words. */
export function fitWords({ verdict, memoryBytes, gpuLayers, layers }: ModelFit): string {
  if (verdict === 'unknown') return ''
  const needs = memoryBytes === null ? '' : size(memoryBytes)
  if (verdict === 'no') return needs === '' ? 'does not fit' : `does not fit: ${needs}`
  const where = {
    gpu: 'GPU',
    partly: `${gpuLayers ?? 'some'} of ${layers ?? 'its'} layers on the GPU`,
    cpu: 'CPU'
  }
  return needs === '' ? where[verdict] : `${where[verdict]}, ${needs}`
}

export function speedWords(speed: LocalModel['speed']): string {
  if (speed === null) return ''
  return `${speed.output.toFixed(speed.output < 10 ? 1 : 0)} tokens/s`
}

/** What a model can do besides answering in text. */
export function abilityWords(can: Partial<LocalModel['abilities']>): string {
  const names = ['tools', 'reasoning', 'vision'] as const
  return names.filter((name) => can[name] === true).join(', ')
}
