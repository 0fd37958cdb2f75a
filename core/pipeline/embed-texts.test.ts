import { expect, test } from 'vitest'
import { HomeportError } from '../errors/homeport-error.ts'
import type { EmbedCall } from '../providers/spec/operations.ts'
import { embedTexts } from './embed-texts.ts'
import { eventsOf, pipelineTo, providerOf, settled } from './pipeline.test-support.ts'

const { signal } = new AbortController()
const usage = {
  input: { total: 7, noCache: 7, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
}

function embeddingProvider(fail?: () => void) {
  const calls: EmbedCall[] = []
  const provider = {
    ...providerOf(eventsOf()),
    async embed(call: EmbedCall) {
      calls.push(call)
      fail?.()
      return {
        vectors: call.inputs.map((text) => [text.length]),
        usage,
        servedModel: 'embed-1',
        warnings: []
      }
    }
  }
  return { provider, calls }
}

test('vectors come by the way of every call, and are booked as what they cost Knowledge', async () => {
  const { provider, calls } = embeddingProvider()
  const { pipeline, entries, traces } = pipelineTo(provider)
  const ask = embedTexts(pipeline, () => false)
  expect(await ask({ model: 'up/embed', texts: ['one', 'three'], purpose: 'document', signal })).toEqual([
    [3],
    [5]
  ])
  await settled()
  expect(calls).toMatchObject([
    { model: 'embed', inputs: ['one', 'three'], purpose: 'document', caller: 'knowledge' }
  ])
  expect(entries).toMatchObject([
    { caller: { kind: 'app', name: 'Knowledge' }, usage, servedModel: 'embed-1', cost: { nanoUsd: 42 } }
  ])
  expect(traces).toMatchObject([
    { summary: { app: 'Knowledge', status: 'ok', title: '' }, requestBody: null, responseBody: null }
  ])
})

test('nobody is asked while Homeport is paused', async () => {
  const { provider, calls } = embeddingProvider()
  const ask = embedTexts(pipelineTo(provider).pipeline, () => true)
  await expect(ask({ model: 'up/embed', texts: ['a'], purpose: 'query', signal })).rejects.toMatchObject({
    code: 'gateway-paused'
  })
  expect(calls).toEqual([])
})

test('another model than the one that was named is never asked: its vectors mean something else', async () => {
  const { provider, calls } = embeddingProvider()
  const { pipeline } = pipelineTo(provider, {
    aliases: { search: { targets: [{ model: 'up/embed', weight: 1 }] } }
  })
  const ask = embedTexts(pipeline, () => false)
  await expect(ask({ model: 'search', texts: ['a'], purpose: 'query', signal })).rejects.toThrow(
    'stands for other'
  )
  expect(calls).toEqual([])
})

test('a provider without embeddings is named', async () => {
  const { pipeline } = pipelineTo(providerOf(eventsOf()))
  const ask = embedTexts(pipeline, () => false)
  await expect(ask({ model: 'up/gpt', texts: ['a'], purpose: 'query', signal })).rejects.toMatchObject({
    code: 'bad-request',
    message: 'Upstream does not offer embeddings.'
  })
})

test('a text too long for the model is no failed call: it is embedded by its beginning, and all that took is booked', async () => {
  const { provider, calls } = embeddingProvider()
  const strict = {
    ...provider,
    async embed(call: EmbedCall) {
      const answer = await provider.embed(call)
      if (call.inputs.some(({ length }) => length > 300))
        throw new HomeportError('context-overflow', 'Too long.')
      return answer
    }
  }
  const { pipeline, entries } = pipelineTo(strict)
  const texts = ['short', 'x'.repeat(400)]
  const vectors = await embedTexts(
    pipeline,
    () => false
  )({ model: 'up/embed', texts, purpose: 'document', signal })
  await settled()
  expect(vectors).toEqual([[5], [200]])
  expect(calls).toHaveLength(4)
  expect(entries).toMatchObject([{ status: 'ok', usage: { input: { total: 14 } } }])
})
