import { expect, test } from 'vitest'
import type { RerankCall } from '../providers/spec/operations.ts'
import { eventsOf, pipelineTo, providerOf, settled } from './pipeline.test-support.ts'
import { rerankTexts } from './rerank-texts.ts'

const { signal } = new AbortController()
const asked = { model: 'up/rank', query: 'bread?', documents: ['soup', 'bread'], signal }

function rankingProvider() {
  const calls: RerankCall[] = []
  const provider = {
    ...providerOf(eventsOf()),
    async rerank(call: RerankCall) {
      calls.push(call)
      return { results: [{ index: 1, score: 0.9 }], usage: null, warnings: [] }
    }
  }
  return { provider, calls }
}

test('passages are scored by the way of every call, and stand in Activity without their texts', async () => {
  const { provider, calls } = rankingProvider()
  const { pipeline, traces } = pipelineTo(provider)
  expect(await rerankTexts(pipeline, () => false)(asked)).toEqual([{ index: 1, score: 0.9 }])
  await settled()
  expect(calls).toMatchObject([{ model: 'rank', query: 'bread?', documents: ['soup', 'bread'] }])
  expect(traces).toMatchObject([{ summary: { app: 'Knowledge', status: 'ok' }, requestBody: null }])
})

test('a provider without a reranker is named as such, and nobody is asked while Homeport is paused', async () => {
  const { pipeline } = pipelineTo(providerOf(eventsOf()))
  await expect(rerankTexts(pipeline, () => false)(asked)).rejects.toMatchObject({ code: 'bad-request' })
  const { provider, calls } = rankingProvider()
  const paused = rerankTexts(pipelineTo(provider).pipeline, () => true)
  await expect(paused(asked)).rejects.toMatchObject({ code: 'gateway-paused' })
  expect(calls).toEqual([])
})
