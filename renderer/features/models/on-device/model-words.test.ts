import { expect, test } from 'vitest'
import { type LocalModel, localModelSettingsSchema } from '../../../../core/contract/local-models.ts'
import { draftCandidates, problemWords, speedWords, wayToRemove } from './model-words.ts'

function model(id: string, extra: Partial<LocalModel> = {}): LocalModel {
  return {
    id,
    name: id,
    kind: 'chat',
    path: `/${id}.gguf`,
    sizeBytes: 1,
    origin: 'folder',
    architecture: 'qwen3',
    parameters: 8e9,
    quantization: null,
    contextTokens: null,
    hasChatTemplate: true,
    chatTemplateHash: null,
    abilities: { tools: false, reasoning: false, vision: false, json: false },
    state: 'ready',
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
    lastUsedAt: null,
    ...extra
  }
}

test('only files of our own folder are deleted, and files of other programs are left alone', () => {
  expect(wayToRemove(model('a'))).toBe('delete')
  expect(wayToRemove(model('a', { origin: 'added' }))).toBe('forget')
  expect(wayToRemove(model('a', { origin: 'ollama' }))).toBeNull()
})

test('a file that is gone is not said to be removable where it is not', () => {
  expect(problemWords(model('a', { origin: 'watched', state: 'missing' }))).not.toContain('off the list')
  expect(problemWords(model('a', { state: 'broken', problem: 'It ends early.' }))).toBe('It ends early.')
})

test('a model that does not chat is as fast as it reads', () => {
  const speed = { prompt: 9200, output: 0 }
  expect(speedWords(model('a', { kind: 'embedding', speed }))).toBe('9200 tok/s')
  expect(speedWords(model('a', { speed }))).toBeNull()
})

test('models of the same family and at most half the size can guess ahead, the smallest first', () => {
  const all = [
    model('itself'),
    model('half', { parameters: 4e9 }),
    model('tiny', { parameters: 0.6e9 }),
    model('alike', { parameters: 7e9 }),
    model('stranger', { parameters: 1e9, architecture: 'llama' }),
    model('broken', { parameters: 1e9, state: 'broken' })
  ]
  expect(draftCandidates(model('itself'), all).map(({ id }) => id)).toEqual(['tiny', 'half'])
})
