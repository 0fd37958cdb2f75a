import { describe, expect, test } from 'vitest'
import { localModelSettingsSchema } from '../../contract/local-models.ts'
import type { PlacedFit } from '../fit/fit.ts'
import { engineModelOf } from './engine-model.ts'

const fit: PlacedFit = {
  verdict: 'cpu',
  contextTokens: 8_192,
  memoryBytes: 5e9,
  gpuLayers: 0,
  layers: 33,
  perContext: [],
  parallel: 2
}
const unset = localModelSettingsSchema.parse({})
const found = { fit, calibratedThreads: 6, draftPath: null }

describe('how the engine is to run a model', () => {
  test('is what was found to be best, where nothing is set', () => {
    expect(engineModelOf('a.gguf', unset, found)).toEqual({
      path: 'a.gguf',
      contextTokens: 8_192,
      parallel: 2,
      gpuLayers: null,
      threads: 6,
      flashAttention: null,
      kvCache: 'f16',
      draftPath: null,
      idleMs: 600_000,
      memoryBytes: 5e9
    })
  })

  test('is what the person set', () => {
    const set = {
      ...unset,
      contextTokens: 4_096,
      parallel: 8,
      gpuLayers: 10,
      threads: 3,
      flashAttention: false,
      kvCache: 'q8_0' as const,
      idleMinutes: 0
    }
    expect(engineModelOf('a.gguf', set, { ...found, draftPath: 'b.gguf' })).toMatchObject({
      contextTokens: 4_096,
      parallel: 8,
      gpuLayers: 10,
      threads: 3,
      flashAttention: false,
      kvCache: 'q8_0',
      draftPath: 'b.gguf',
      idleMs: 0
    })
  })

  test('is left to the engine, where the file does not say enough to tell', () => {
    const unknown = {
      ...fit,
      verdict: 'unknown' as const,
      contextTokens: null,
      memoryBytes: null,
      parallel: 1
    }
    expect(engineModelOf('a.gguf', unset, { ...found, fit: unknown })).toMatchObject({
      contextTokens: null,
      parallel: null,
      memoryBytes: null
    })
  })
})
