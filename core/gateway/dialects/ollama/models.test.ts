import { describe, expect, test } from 'vitest'
import type { Model } from '../../../contract/models.ts'
import { showBody, tagsBody } from './model-list.ts'
import { findModel } from './model-name.ts'

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

test('the list gives every model a name, a digest of its own and details', () => {
  const { models: listed } = tagsBody(models)
  expect(listed.map(({ name }) => name)).toEqual(models.map(({ id }) => id))
  expect(new Set(listed.map(({ digest }) => digest)).size).toBe(models.length)
  for (const entry of listed) {
    expect(entry).toMatchObject({ model: entry.name, size: 0, details: { family: expect.any(String) } })
  }
})
