import { describe, expect, test } from 'vitest'
import type { Model } from '../../../contract/models.ts'
import { localModel, runningModel } from '../../testing/small-on-device.ts'
import { asksToUnload } from './keep-alive.ts'
import { showBody, tagsBody } from './model-list.ts'
import { findModel } from './model-name.ts'
import { runningBody } from './running-models.ts'

const model = (id: string, more: Partial<Model> = {}): Model => ({
  id,
  providerId: id.split('/')[0] ?? '',
  providerName: 'A provider',
  name: id,
  onDevice: false,
  contextTokens: null,
  maxOutputTokens: null,
  priced: true,
  abilities: {},
  ...more
})
const models = [
  model('ollama/llama3.2:latest'),
  model('openai/gpt-5'),
  model('lab/qwen3:8b'),
  model('fast', { providerId: 'alias' })
]

describe('a name', () => {
  test.each([
    ['openai/gpt-5', 'openai/gpt-5', 'openai/gpt-5'],
    ['openai/gpt-5:latest', 'openai/gpt-5', 'openai/gpt-5'],
    ['gpt-5:latest', 'gpt-5', 'openai/gpt-5'],
    ['fast', 'fast', 'fast'],
    ['fast:latest', 'fast', 'fast'],
    ['ollama/llama3.2', 'ollama/llama3.2:latest', 'ollama/llama3.2:latest'],
    ['llama3.2', 'llama3.2:latest', 'ollama/llama3.2:latest'],
    ['ollama/llama3.2:latest', 'ollama/llama3.2:latest', 'ollama/llama3.2:latest'],
    ['lab/qwen3:8b', 'lab/qwen3:8b', 'lab/qwen3:8b']
  ])('%s asks for %s', (name, address, id) => {
    expect(findModel(name, models)).toMatchObject({ name: address, model: { id } })
  })

  test.each([
    ['lab/new-one:latest', 'lab/new-one'],
    ['lab/qwen3:70b', 'lab/qwen3:70b']
  ])('%s that no provider lists goes on as %s', (name, address) => {
    expect(findModel(name, models)).toEqual({ name: address, model: null })
  })
})

describe('a description', () => {
  test('has the length of the context under the name that clients look for', () => {
    const { model_info: info } = showBody(model('up/a', { contextTokens: 128_000 }))
    expect(info).toMatchObject({ 'general.architecture': 'up', 'up.context_length': 128_000 })
    expect(Object.keys(showBody(model('up/a')).model_info).join()).not.toContain('context_length')
  })

  test.each([
    ['a', {}, ['completion', 'tools']],
    ['a', { tools: false }, ['completion']],
    ['a', { tools: true, vision: true, reasoning: true }, ['completion', 'tools', 'vision', 'thinking']],
    ['nomic-embed-text', {}, ['embedding']],
    ['BAAI/bge-m3', {}, ['embedding']],
    ['gemini-embedding-001', {}, ['embedding']],
    ['phi3-e5x', {}, ['completion', 'tools']]
  ])('of %s with %j lists %j', (name, abilities, capabilities) => {
    expect(showBody(model(`up/${name}`, { abilities })).capabilities).toEqual(capabilities)
  })
})

describe('a model of this machine', () => {
  const here = model('on-device/qwen3-4b', { onDevice: true, contextTokens: 8192 })
  const file = localModel('qwen3-4b')
  const details = { format: 'gguf', family: 'qwen3', parameter_size: '4.0B', quantization_level: 'Q4_K_M' }

  test('is listed with its size and what its file says', () => {
    expect(tagsBody([here], [localModel('other'), file]).models).toMatchObject([
      { name: 'on-device/qwen3-4b', size: 2_500_000_000, details }
    ])
  })

  test('is shown with its template, its context and what it can do', () => {
    expect(showBody(here, file)).toMatchObject({
      template: '{{ messages }}',
      details,
      model_info: {
        'general.architecture': 'qwen3',
        'general.parameter_count': 4_000_000_000,
        'qwen3.context_length': 40_960
      },
      capabilities: ['completion', 'tools', 'thinking']
    })
    expect(showBody(here, localModel('bge', { kind: 'embedding' })).capabilities).toEqual(['embedding'])
    expect(showBody(here, localModel('bge', { kind: 'rerank' })).capabilities).toEqual([])
  })

  test.each([
    [137_000_000, '137M'],
    [262_144, '262K'],
    [null, '']
  ])('with %s parameters has %j of them', (parameters, words) => {
    expect(showBody(here, localModel('x', { parameters })).details.parameter_size).toBe(words)
  })

  test('in memory says how much it takes, how much of it on the GPU, and when it goes', () => {
    const models = [
      runningModel('qwen3-4b', { gpuLayers: 18, unloadsAt: Date.UTC(2026, 0, 1) }),
      runningModel('all-on-gpu', { gpuLayers: 99 }),
      runningModel('on-its-way', { state: 'loading' })
    ]
    expect(runningBody({ models }, [file, localModel('all-on-gpu')]).models).toMatchObject([
      {
        name: 'on-device/qwen3-4b',
        size: 4_000_000_000,
        size_vram: 2_000_000_000,
        context_length: 8192,
        expires_at: '2026-01-01T00:00:00.000Z',
        details
      },
      { name: 'on-device/all-on-gpu', size_vram: 4_000_000_000, expires_at: '9999-12-31T23:59:59Z' }
    ])
  })
})

test.each([
  [0, true],
  ['0', true],
  ['0s', true],
  [-1, false],
  ['5m', false],
  ['10s', false],
  [undefined, false]
])('keep_alive %j asks to unload: %s', (keepAlive, unload) => {
  expect(asksToUnload(keepAlive)).toBe(unload)
})

test('the list gives every model a name, a digest of its own and details', () => {
  const { models: listed } = tagsBody(models, [])
  expect(listed.map(({ name }) => name)).toEqual(models.map(({ id }) => id))
  expect(new Set(listed.map(({ digest }) => digest)).size).toBe(models.length)
  for (const entry of listed) {
    expect(entry).toMatchObject({ model: entry.name, size: 0, details: { family: expect.any(String) } })
  }
})
