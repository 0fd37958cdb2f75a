import { expect, it } from 'vitest'
import { type Alias, type SaveAlias, saveAliasSchema } from '../contract/aliases.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { createModelCatalog } from './model-catalog.ts'
import { type RequestTraits, traitsOfSize } from './request-traits.ts'
import { createRouter } from './router.ts'
import { createHealth } from './target-health.ts'

/** A provider whose list of models has nothing but names, as OpenAI's dialect gives them. */
const listing = (kind: string, ...models: string[]): ModelProvider => ({
  id: kind,
  name: kind,
  kind,
  onDevice: false,
  pricing: 'unknown',
  listModels: () => models.map((id) => ({ id, name: id, contextTokens: null })),
  chat: () => Promise.reject(new Error('not called'))
})

function planFor(
  providers: ModelProvider[],
  model: string,
  traits: Partial<RequestTraits>,
  team?: Pick<SaveAlias, 'strategy'> & { targets: string[] }
) {
  const alias: Alias | null = team
    ? {
        name: 'team',
        ...saveAliasSchema.parse({ ...team, targets: team.targets.map((address) => ({ model: address })) })
      }
    : null
  const router = createRouter({
    providers: {
      callable: new Map(providers.map((one) => [one.id, one])),
      seatsOf: (one) => [one],
      lacksKey: () => false,
      isLocalServer: () => false
    },
    aliases: { get: (name) => (name === alias?.name ? alias : null) },
    health: createHealth(() => 0),
    price: () => ({ kind: 'unknown' }),
    catalog: createModelCatalog()
  })
  const { order, leftOut } = router.plan({
    model,
    traits: () => ({ ...traitsOfSize(10), ...traits }),
    appKeyId: null,
    onDeviceOnly: false
  })
  return { order: order.map(({ address, why }) => `${address}: ${why}`), leftOut }
}

const groq = listing('groq', 'llama-3.3-70b-versatile', 'meta-llama/llama-4-scout-17b-16e-instruct')
const openai = listing('openai', 'gpt-4o', 'gpt-4.1', 'gpt-image-1', 'text-embedding-3-small', 'whisper-1')

it('asks the model that can see, of those whose lists do not say so', () => {
  const { order, leftOut } = planFor(
    [groq],
    'team',
    { hasImages: true },
    {
      strategy: 'capability',
      targets: [
        'groq/some-new-model',
        'groq/llama-3.3-70b-versatile',
        'groq/meta-llama/llama-4-scout-17b-16e-instruct'
      ]
    }
  )
  expect(order).toEqual([
    'groq/meta-llama/llama-4-scout-17b-16e-instruct: can do all that is needed',
    'groq/some-new-model: may be able to: not known'
  ])
  expect(leftOut).toMatchObject([{ model: 'groq/llama-3.3-70b-versatile', why: 'cannot see images' }])
})

it('does not ask a model for a prompt that it is too small for, and says so', () => {
  const targets = ['openai/gpt-4o-2024-08-06', 'openai/gpt-4.1']
  const { order, leftOut } = planFor([openai], 'team', { tokens: 300_000 }, { strategy: 'priority', targets })
  expect(order).toEqual(['openai/gpt-4.1: first of the list'])
  expect(leftOut).toEqual([
    {
      model: 'openai/gpt-4o-2024-08-06',
      reason: 'size',
      why: 'too small: about 301000 tokens are needed, 128000 fit'
    }
  ])
})

it('proposes for auto only models that chat, and that the prompt fits in', () => {
  expect(planFor([openai], 'auto', {}).order).toHaveLength(2)
  const { order, leftOut } = planFor([openai], 'auto', { tokens: 300_000 })
  expect(order).toEqual([expect.stringMatching(/^openai\/gpt-4\.1:/)])
  expect(leftOut.map(({ model }) => model)).toEqual(['openai/gpt-4o'])
})
