import { describe, expect, it } from 'vitest'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { resolveModel } from './resolve-model.ts'

const provider = (id: string, models: string[], onDevice = false): ModelProvider => ({
  id,
  name: id,
  kind: 'test',
  onDevice,
  pricing: 'unknown',
  listModels: () => models.map((model) => ({ id: model, name: model, contextTokens: null })),
  chat: () => Promise.reject(new Error('not called'))
})

const providers = new Map(
  [
    provider('on-device', ['qwen3-4b', 'family/tiny'], true),
    provider('openai', ['gpt-5', 'gpt-5-mini', 'shared']),
    provider('openrouter', ['openai/gpt-5', 'meta/llama-4', 'shared'])
  ].map((entry) => [entry.id, entry])
)
const resolve = (address: string) => {
  const { provider, model } = resolveModel(address, providers)
  return `${provider.id} ${model}`
}

describe('resolveModel', () => {
  it.each([
    ['openai/gpt-5', 'openai gpt-5'],
    ['openrouter/meta/llama-4', 'openrouter meta/llama-4'],
    ['openrouter/openai/gpt-5', 'openrouter openai/gpt-5'],
    ['openai/gpt-7-unlisted', 'openai gpt-7-unlisted'],
    ['on-device/qwen3-4b', 'on-device qwen3-4b'],
    ['on-device/family/tiny', 'on-device family/tiny'],
    ['gpt-5-mini', 'openai gpt-5-mini'],
    ['meta/llama-4', 'openrouter meta/llama-4'],
    ['family/tiny', 'on-device family/tiny']
  ])('%s is answered by %s', (address, target) => {
    expect(resolve(address)).toBe(target)
  })

  it('says which providers have a model that several offer', () => {
    expect(() => resolve('shared')).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        param: 'model',
        action: expect.stringContaining('openai/shared, openrouter/shared')
      })
    )
  })

  it.each([
    ['gpt-5-minni', 'openai/gpt-5-mini'],
    ['on-device/qwen3-4', 'on-device/qwen3-4b'],
    ['llama-4', 'openrouter/meta/llama-4']
  ])('does not know %s, and names %s', (address, similar) => {
    expect(() => resolve(address)).toThrow(
      expect.objectContaining({
        code: 'not-found',
        status: 404,
        param: 'model',
        message: expect.stringContaining(`There is no model ${address}. Did you mean ${similar}`)
      })
    )
  })

  it.each(['', '/', 'openai/', 'nobody/zzz', 'x'.repeat(5000)])('does not know %j', (address) => {
    const failing = () => resolve(address)
    expect(failing).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(failing).toThrow(/^.{0,400}$/s)
  })
})
