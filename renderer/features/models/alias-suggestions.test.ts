import { expect, it } from 'vitest'
import type { Model } from '../../../core/contract/models.ts'
import { suggestAliases } from './alias-suggestions.ts'

const model = (id: string): Model => ({
  id,
  providerId: id.split('/', 1)[0] ?? '',
  providerName: '',
  name: id.slice(id.indexOf('/') + 1),
  onDevice: id.startsWith('on-device/'),
  contextTokens: null,
  maxOutputTokens: null,
  priced: true,
  abilities: {}
})
const models = [
  'openai/gpt-5.2',
  'openai/gpt-5.2-mini',
  'openai/gpt-5.2-nano',
  'anthropic/claude-opus-5',
  'anthropic/claude-haiku-5',
  'on-device/qwen3-4b'
].map(model)

it('suggests small models as fast, able ones as best, those on this machine as local', () => {
  const found = Object.fromEntries(suggestAliases(models, []).map((item) => [item.name, item.models]))
  expect(found).toEqual({
    fast: ['openai/gpt-5.2-mini', 'anthropic/claude-haiku-5', 'openai/gpt-5.2-nano'],
    best: ['openai/gpt-5.2', 'anthropic/claude-opus-5'],
    local: ['on-device/qwen3-4b']
  })
})

it('suggests nothing that exists, and nothing without a model for it', () => {
  expect(suggestAliases(models, ['fast', 'best']).map(({ name }) => name)).toEqual(['local'])
  expect(suggestAliases([], [])).toEqual([])
})
