import { expect, test } from 'vitest'
import type { ModelProvider, ProviderModel } from '../../providers/spec/provider.ts'
import { openEmbedders } from './embedders.ts'

const modelOf = (id: string, kind?: 'chat' | 'embedding'): ProviderModel => ({
  id,
  name: id.toUpperCase(),
  contextTokens: null,
  ...(kind && { kind })
})

function providerOf(
  id: string,
  models: ProviderModel[],
  changed: Partial<ModelProvider> = {}
): ModelProvider {
  return {
    id,
    name: `The ${id}`,
    kind: id,
    onDevice: false,
    pricing: { vendor: id },
    listModels: () => models,
    chat: () => Promise.reject(new Error('no chat here')),
    embed: () => Promise.reject(new Error('not asked directly')),
    ...changed
  }
}

const { embed: _, ...chatOnly } = providerOf('chat', [modelOf('embed-like-name')])
const providers = {
  callable: new Map(
    [
      providerOf('cloud', [modelOf('text-embedding-3-small'), modelOf('gpt-5'), modelOf('odd', 'embedding')]),
      providerOf('local', [modelOf('bge-small', 'embedding'), modelOf('embed-talk', 'chat')], {
        onDevice: true,
        pricing: 'free'
      }),
      providerOf('server', [], { pricing: 'unknown' }),
      chatOnly
    ].map((provider) => [provider.id, provider])
  )
}

const embedders = openEmbedders({
  providers,
  ask: async ({ texts }) => texts.map(() => [3, 4]),
  price: (pricing, _model, usage) =>
    pricing === 'free' || pricing === 'unknown'
      ? { kind: pricing }
      : { kind: 'priced', nanoUsd: usage.input.total * 20, source: 'test' }
})

const folder = { kind: 'vault', files: 10, bytes: 350_000 } as const
const { signal } = new AbortController()

test('offers what is made for embeddings, the built-in one first', () => {
  expect(embedders.options().map(({ id, place }) => [id, place])).toEqual([
    ['built-in', 'built-in'],
    ['cloud/text-embedding-3-small', 'provider'],
    ['cloud/odd', 'provider'],
    ['local/bge-small', 'on-device']
  ])
})

test('says what indexing costs before it is done', () => {
  expect(embedders.estimate(folder, 'cloud/text-embedding-3-small')).toEqual({
    kind: 'vault',
    files: 10,
    bytes: 350_000,
    tokens: 110_000,
    cost: { kind: 'priced', nanoUsd: 2_200_000, source: 'test' }
  })
  expect(embedders.estimate(folder, 'built-in').cost).toEqual({ kind: 'free' })
  expect(embedders.estimate(folder, 'local/bge-small').cost).toEqual({ kind: 'free' })
  expect(embedders.estimate(folder, 'server/any').cost).toEqual({ kind: 'unknown' })
})

test('what costs money, or may, is refused until the person has said yes', () => {
  for (const embedder of ['cloud/text-embedding-3-small', 'server/any']) {
    expect(() => embedders.check(embedder, false)).toThrow('may cost money')
    expect(() => embedders.check(embedder, true)).not.toThrow()
  }
  for (const embedder of ['built-in', 'local/bge-small'])
    expect(() => embedders.check(embedder, false)).not.toThrow()
})

test.each(['nobody/model', 'chat/embed-like-name', 'cloud/', 'cloud', ''])(
  'refuses %j, which is no embedder',
  async (embedder) => {
    expect(() => embedders.check(embedder, true)).toThrow('no embedder')
    expect(() => embedders.estimate(folder, embedder)).toThrow('no embedder')
    await expect(embedders.choose(embedder, signal)).rejects.toThrow('no embedder')
  }
)

test('a chosen model is known by its name and the length of its vectors, also when it is opened again', async () => {
  const chosen = await embedders.choose('local/bge-small', signal)
  expect([chosen.id, chosen.dimensions]).toEqual(['local/bge-small@2', 2])
  const again = embedders.reopen(chosen.id)
  expect(again?.id).toBe(chosen.id)
  const [vector] = (await again?.embed(['text'], 'query', signal)) ?? []
  expect([...(vector ?? [])].map((value) => Math.round(value * 10))).toEqual([6, 8])
  expect(embedders.reopen('gone/model@2')).toBeNull()
})
