import { expect, it } from 'vitest'
import type { Model, Provider, ProviderKind } from '../../../core/contract/models.ts'
import { askableModels } from './askable-models.ts'

const model = (id: string): Model => ({
  id,
  providerId: id.split('/', 1)[0] ?? '',
  providerName: '',
  name: id,
  onDevice: false,
  contextTokens: null,
  maxOutputTokens: null,
  priced: true,
  abilities: {}
})
const provider = (id: string, kind: string, known: Partial<Provider> = {}): Provider => ({
  id,
  kind,
  name: id,
  baseUrl: 'https://models.example/v1',
  hasKey: false,
  keyCount: 0,
  options: {},
  pricing: 'auto',
  models: [],
  createdAt: 1,
  lastTest: null,
  ...known
})
const kind = (name: string, needsKey: boolean): ProviderKind => {
  return { kind: name, label: name, defaultBaseUrl: null, needsKey, options: [] }
}

it('leaves out the models of providers that cannot be asked for want of a key', () => {
  const works = { ok: true, at: 1, message: 'Works.', latencyMs: 1 }
  const providers = [
    provider('imported', 'openai', { lastTest: { ...works, ok: false } }),
    provider('keyed', 'openai', { hasKey: true, keyCount: 1 }),
    provider('proxy', 'openai', { lastTest: works }),
    provider('server', 'openai-compatible')
  ]
  const models = ['imported/m', 'keyed/m', 'proxy/m', 'server/m', 'on-device/m'].map(model)
  const kinds = [kind('openai', true), kind('openai-compatible', false)]
  expect(askableModels(models, providers, kinds).map(({ id }) => id)).toEqual([
    'keyed/m',
    'proxy/m',
    'server/m',
    'on-device/m'
  ])
})
