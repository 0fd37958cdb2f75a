import { expect, test } from 'vitest'
import type { EngineStatus, RunningModel } from '../../../../core/contract/local-models.ts'
import { memoryParts, requestWords, unloadWords } from './running-words.ts'

const model: RunningModel = {
  id: 'pilot',
  name: 'Pilot',
  state: 'loaded',
  memoryBytes: 3_000,
  gpuLayers: 0,
  contextTokens: 8192,
  parallel: 1,
  threads: 4,
  active: 0,
  waiting: 0,
  loadedAt: 0,
  lastUsedAt: 0,
  unloadsAt: 480_000
}

test('an idle model says how long it stays', () => {
  expect(unloadWords(model, 0)).toBe('in 8 min')
  expect(unloadWords(model, 470_000)).toBe('in a minute')
  expect(unloadWords({ ...model, unloadsAt: null }, 0)).toBe('stays')
})

test('a busy model does not count down', () => {
  expect(unloadWords({ ...model, active: 1 }, 0)).toBe('when idle')
  expect(requestWords({ ...model, active: 2, waiting: 3 })).toBe('2 answering, 3 waiting')
})

test('the bar is as long as what models may take, and longer where they take more', () => {
  const status = (budgetBytes: number): EngineStatus => ({
    state: 'running',
    backend: 'CPU',
    devices: [],
    memory: { budgetBytes, usedBytes: 3_000, systemTotalBytes: 0, systemFreeBytes: 0 },
    models: [model]
  })
  expect(memoryParts(status(12_000))[0]?.part).toBe(0.25)
  expect(memoryParts(status(1_000))[0]?.part).toBe(1)
})
