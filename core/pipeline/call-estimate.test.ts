import { expect, test } from 'vitest'
import type { Usage } from '../contract/usage.ts'
import type { ChatRequest } from '../providers/spec/chat.ts'
import { traitsOfSize } from '../routing/request-traits.ts'
import { demandOf, estimateOf } from './call-estimate.ts'
import type { CallInput } from './context.ts'
import { newContext } from './new-context.ts'
import { eventsOf, inputOf, providerOf } from './pipeline.test-support.ts'

const provider = providerOf(eventsOf())

/** The least and the most that is set aside for a prompt of 1,000 tokens, and of which usage it is the price. */
function estimated(
  input: Partial<CallInput>,
  maxOutputTokens: number | null,
  ofModel: number | null = 64_000
) {
  const context = newContext(inputOf(input))
  const priced: Usage[] = []
  const demand = demandOf(context, { ...traitsOfSize(1000), maxOutputTokens })
  const estimate = estimateOf(
    demand,
    { provider, model: 'm' },
    {
      maxOutputTokens: () => ofModel,
      price(_pricing, _model, usage) {
        if (usage) priced.push(usage)
        return { kind: 'priced', nanoUsd: usage?.output.total ?? 0, source: 'test' }
      }
    }
  )
  return { estimate, priced, input: demand.input }
}
const priced = (least: number, most: number) => ({ kind: 'priced', least, most })

test('an answer in one piece may be as long as the client says, or the model can', () => {
  const of = (wanted: number | null, ofModel?: number | null) =>
    estimated({ stream: false }, wanted, ofModel).estimate
  expect(of(200)).toEqual(priced(200, 200))
  expect(of(5000)).toEqual(priced(1000, 5000))
  expect(of(100_000)).toEqual(priced(1000, 64_000))
  expect(of(null)).toEqual(priced(1000, 64_000))
  expect(of(null, null)).toEqual(priced(1000, 8192))
})

test('of a stream, which can be ended, a usual answer is set aside', () => {
  expect(estimated({ stream: true }, null).estimate).toEqual(priced(1000, 1000))
  expect(estimated({ stream: true }, 20).estimate).toEqual(priced(20, 20))
})

test('several answers are paid for each', () => {
  const wire = { dialect: 'openai-chat', body: Buffer.alloc(0), json: { n: 3 }, headers: {} } as const
  expect(estimated({ stream: false, wire }, 200).estimate).toEqual(priced(600, 600))
})

test('a prompt counts for a quarter more than estimated, and as written to the cache where that is asked for', () => {
  const plain = estimated({}, 1).input
  expect(plain).toEqual({ total: 1250, noCache: 1250, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 })
  const request = (...caches: ('5m' | '1h')[]): ChatRequest => ({
    messages: [
      { role: 'user', content: caches.map((cache) => ({ type: 'text' as const, text: 'x', cache })) }
    ],
    output: 'text',
    unmapped: []
  })
  expect(estimated({ request: () => request('5m') }, 1).input).toMatchObject({
    noCache: 0,
    cacheWrite5m: 1250
  })
  expect(estimated({ request: () => request('5m', '1h') }, 1).input).toMatchObject({ cacheWrite1h: 1250 })
})

test('what is no chat has no text to pay for; pictures are paid by the piece, and by their tokens', () => {
  const perform: NonNullable<CallInput['perform']> = () => Promise.reject(new Error('not asked'))
  expect(estimated({ perform, dialect: 'openai-embeddings' }, null).priced[0]?.output.total).toBe(0)
  const wire = { dialect: 'openai-chat', body: Buffer.alloc(0), json: { n: 2 }, headers: {} } as const
  expect(estimated({ perform, dialect: 'openai-images', wire }, null).priced[0]).toMatchObject({
    units: { images: 2 },
    output: { total: 8320, image: 8320 }
  })
  expect(estimated({ perform, dialect: 'count-tokens' }, null).estimate).toEqual({ kind: 'free' })
})
