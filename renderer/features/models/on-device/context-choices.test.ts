import { expect, test } from 'vitest'
import { type LocalModel, localModelSettingsSchema } from '../../../../core/contract/local-models.ts'
import { contextChoices } from './context-choices.ts'

function model(own: number | null): LocalModel {
  return {
    id: 'pilot',
    name: 'Pilot',
    kind: 'chat',
    path: '/pilot.gguf',
    sizeBytes: 1,
    origin: 'folder',
    architecture: null,
    parameters: null,
    quantization: null,
    contextTokens: 32_768,
    hasChatTemplate: true,
    chatTemplateHash: null,
    abilities: { tools: false, reasoning: false, vision: false, json: false },
    state: 'ready',
    problem: null,
    settings: localModelSettingsSchema.parse({ contextTokens: own }),
    fit: {
      verdict: 'gpu',
      contextTokens: 8192,
      memoryBytes: 3_000_000_000,
      gpuLayers: 1,
      layers: 1,
      perContext: [
        { contextTokens: 8192, memoryBytes: 3_000_000_000 },
        { contextTokens: 32_768, memoryBytes: 6_000_000_000 },
        { contextTokens: 131_072, memoryBytes: 20_000_000_000 }
      ]
    },
    speed: null,
    calibratedThreads: null,
    lastUsedAt: null
  }
}

test('every size says what memory it takes, and which take more than there is', () => {
  expect(contextChoices(model(null), 5_000_000_000)).toEqual([
    { value: 'auto', label: 'Chosen for this machine: 8k tokens' },
    { value: '8192', label: '8k tokens', hint: 'about 3.0 GB in all' },
    { value: '32768', label: '32k tokens', hint: 'about 6.0 GB in all, more than models may take here' }
  ])
})

test('a size set elsewhere stays among the choices, in its place', () => {
  const values = contextChoices(model(12_000), null).map(({ value }) => value)
  expect(values).toEqual(['auto', '8192', '12000', '32768'])
})
