import { expect, test } from 'vitest'
import { HomeportError } from '../../errors/homeport-error.ts'
import {
  type AskForVectors,
  createModelEmbedder,
  modelEmbedderId,
  probeDimensions,
  readModelEmbedderId,
  type VectorRequest
} from './model-embedder.ts'

const { signal } = new AbortController()

/** A model whose vector of a text is its length and 1; `refuse` may throw in place of an answer. */
function embedderTo(
  options: { refuse?: (request: VectorRequest, asked: number) => void; onDevice?: boolean } = {}
) {
  const requests: string[][] = []
  const pauses: number[] = []
  let running = 0
  let most = 0
  const ask: AskForVectors = async (request) => {
    requests.push([...request.texts])
    running += 1
    most = Math.max(most, running)
    await new Promise(setImmediate)
    running -= 1
    options.refuse?.(request, requests.length)
    return request.texts.map((text) => [text.length, 1])
  }
  const embedder = createModelEmbedder({
    ask,
    model: 'up/embed',
    dimensions: 2,
    onDevice: options.onDevice ?? false,
    waiting: { pause: async (ms) => pauses.push(ms), random: () => 1 }
  })
  return { embedder, requests, pauses, most: () => most }
}

const expected = (text: string) => [text.length / Math.hypot(text.length, 1), 1 / Math.hypot(text.length, 1)]
const fail = (code: ConstructorParameters<typeof HomeportError>[0], options = {}) =>
  new HomeportError(code, 'It failed.', options)

test('gives vectors of length 1 in the texts’ order, in requests that servers take', async () => {
  const { embedder, requests, most } = embedderTo()
  const texts = Array.from({ length: 150 }, (_, at) => 'x'.repeat(at + 1))
  const vectors = await embedder.embed(texts, 'document', signal)
  for (const [at, text] of texts.entries())
    for (const [dimension, value] of expected(text).entries())
      expect(vectors[at]?.[dimension]).toBeCloseTo(value, 5)
  expect(requests.map(({ length }) => length)).toEqual([64, 64, 22])
  expect(most()).toBe(3)
})

test('long texts go in requests of their own', async () => {
  const { embedder, requests } = embedderTo()
  await embedder.embed(['a'.repeat(50_000), 'b'.repeat(50_000), 'c'], 'document', signal)
  expect(requests.map(({ length }) => length)).toEqual([1, 2])
})

test('a model of this machine is asked one request at a time', async () => {
  const { embedder, most } = embedderTo({ onDevice: true })
  await embedder.embed(Array.from({ length: 40 }, String), 'document', signal)
  expect(most()).toBe(1)
})

test('a blank text is not sent, and has no direction', async () => {
  const { embedder, requests } = embedderTo()
  const [blank, word] = await embedder.embed([' \n', 'word'], 'document', signal)
  expect(blank).toEqual(new Float32Array(2))
  expect(word?.[0]).toBeCloseTo(expected('word')[0] ?? 0, 5)
  expect(requests).toEqual([['word']])
})

test('a text that the model will not take has no direction; those beside it have theirs', async () => {
  const ask: AskForVectors = async () => [[3, 4], null]
  const embedder = createModelEmbedder({ ask, model: 'up/embed', dimensions: 2, onDevice: false })
  const [good, bad] = await embedder.embed(['good', 'bad'], 'document', signal)
  expect(good?.[1]).toBeCloseTo(0.8, 5)
  expect(bad).toEqual(new Float32Array(2))
})

test('documents wait for a busy server as long as it says, and longer each time where it says nothing', async () => {
  const { embedder, pauses, requests } = embedderTo({
    refuse(_, asked) {
      if (asked === 1) throw fail('rate-limited', { retryAfterSeconds: 30 })
      if (asked < 4) throw fail('upstream-unreachable', { retryable: true })
    }
  })
  await embedder.embed(['text'], 'document', signal)
  expect(pauses).toEqual([30_000, 4000, 8000])
  expect(requests).toHaveLength(4)
})

test('a query waits for nobody', async () => {
  const { embedder, pauses } = embedderTo({
    refuse() {
      throw fail('rate-limited', { retryAfterSeconds: 1 })
    }
  })
  await expect(embedder.embed(['text'], 'query', signal)).rejects.toMatchObject({ code: 'rate-limited' })
  expect(pauses).toEqual([])
})

test.each([
  ['that will not pass', fail('bad-request')],
  ['that may have been paid for already', fail('upstream-unreachable', { retryable: false })],
  ['that lasts until tomorrow', fail('rate-limited', { retryAfterSeconds: 86_400 })]
])('nobody is asked again after a failure %s', async (_, error) => {
  const { embedder, requests } = embedderTo({
    refuse() {
      throw error
    }
  })
  await expect(embedder.embed(['text'], 'document', signal)).rejects.toBe(error)
  expect(requests).toHaveLength(1)
})

test('gives up after six attempts', async () => {
  const { embedder, requests } = embedderTo({
    refuse() {
      throw fail('unavailable', { retryable: true })
    }
  })
  await expect(embedder.embed(['text'], 'document', signal)).rejects.toMatchObject({ code: 'unavailable' })
  expect(requests).toHaveLength(6)
})

test('a wait ends when the work is stopped', async () => {
  const stop = new AbortController()
  const embedder = createModelEmbedder({
    ask: async () => {
      setImmediate(() => stop.abort())
      throw fail('rate-limited', { retryAfterSeconds: 60 })
    },
    model: 'up/embed',
    dimensions: 2,
    onDevice: false
  })
  await expect(embedder.embed(['text'], 'document', stop.signal)).rejects.toMatchObject({
    name: 'AbortError'
  })
})

test('vectors of another length than before are refused, and so are numbers that are none', async () => {
  const to = (vectors: number[][]) =>
    createModelEmbedder({ ask: async () => vectors, model: 'up/embed', dimensions: 2, onDevice: false })
  await expect(to([[1, 2, 3]]).embed(['text'], 'document', signal)).rejects.toThrow(
    'of 3 numbers; they had 2'
  )
  await expect(to([[Number.NaN, 1]]).embed(['text'], 'query', signal)).rejects.toThrow(
    'without usable vectors'
  )
})

test('dimensions are found by asking once, and stand in the identity', async () => {
  expect(await probeDimensions(async () => [[1, 2, 3]], 'up/embed', signal)).toBe(3)
  await expect(probeDimensions(async () => [[]], 'up/embed', signal)).rejects.toThrow(
    'without usable vectors'
  )
  const id = modelEmbedderId('hub/org/model:q8@v2', 768)
  expect(readModelEmbedderId(id)).toEqual({ model: 'hub/org/model:q8@v2', dimensions: 768 })
  expect(readModelEmbedderId('built-in/static-60k-156')).toBeNull()
})
