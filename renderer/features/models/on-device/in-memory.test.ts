import { expect, test } from 'vitest'
import type { EngineStatus, LocalModel, RunningModel } from '../../../../core/contract/local-models.ts'
import { localModelSettingsSchema } from '../../../../core/contract/local-models.ts'
import { withEngine } from './in-memory.ts'

const model = (id: string, state: LocalModel['state']): LocalModel => ({
  id,
  name: id,
  kind: 'chat',
  path: `/${id}.gguf`,
  sizeBytes: 1,
  origin: 'folder',
  architecture: null,
  parameters: null,
  quantization: null,
  contextTokens: null,
  hasChatTemplate: true,
  chatTemplateHash: null,
  abilities: { tools: false, reasoning: false, vision: false, json: false },
  state,
  problem: null,
  settings: localModelSettingsSchema.parse({}),
  fit: {
    verdict: 'unknown',
    contextTokens: null,
    memoryBytes: null,
    gpuLayers: null,
    layers: null,
    perContext: []
  },
  speed: null,
  calibratedThreads: null,
  lastUsedAt: 5
})

const holding = (...ids: string[]): EngineStatus => ({
  state: 'running',
  backend: 'CPU',
  devices: [],
  memory: { budgetBytes: 1, usedBytes: 1, systemTotalBytes: 1, systemFreeBytes: 1 },
  models: ids.map(
    (id): RunningModel => ({
      id,
      name: id,
      state: 'loaded',
      memoryBytes: 1,
      gpuLayers: 0,
      contextTokens: 1,
      parallel: 1,
      threads: 1,
      active: 0,
      waiting: 0,
      loadedAt: 7,
      lastUsedAt: 9,
      unloadsAt: null
    })
  )
})

const states = (models: LocalModel[]) => models.map(({ state, lastUsedAt }) => [state, lastUsedAt])

test('a model that was loaded since it was listed is in memory, and one that was unloaded is not', () => {
  const listed = [model('loaded-since', 'ready'), model('unloaded-since', 'loaded')]
  expect(states(withEngine(listed, holding('loaded-since')))).toEqual([
    ['loaded', 9],
    ['ready', 5]
  ])
})

test('a broken file stays broken, and without word of the engine the list is taken as it is', () => {
  expect(states(withEngine([model('a', 'broken')], holding()))).toEqual([['broken', 5]])
  expect(states(withEngine([model('a', 'loaded')], null))).toEqual([['loaded', 5]])
})
