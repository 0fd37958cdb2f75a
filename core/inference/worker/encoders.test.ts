import { Buffer } from 'node:buffer'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  tinyEmbeddingDimensions,
  writeTinyEmbedder,
  writeTinyReranker
} from '../../../test/support/tiny-encoder-gguf.ts'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import type { EngineWork } from '../../contract/engine-frames.ts'
import { EmbedModel } from './embed-model.ts'
import { engineModel } from './engine-model.test-support.ts'
import type { LoadedModel } from './loaded-model.ts'
import { RerankModel } from './rerank-model.ts'

const never = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'homeport-encoders-'))
const files = {
  embedder: join(folder, 'embedder.gguf'),
  reranker: join(folder, 'reranker.gguf'),
  chat: join(folder, 'chat.gguf'),
  broken: join(folder, 'broken.gguf')
}
const options = (path: string) => ({ ...engineModel(path), threads: 1 })
const call = { id: 7, signal: never, send() {} }

let llama: Llama
beforeAll(async () => {
  writeTinyEmbedder(files.embedder, { contextTokens: 64 })
  writeTinyReranker(files.reranker, { contextTokens: 64 })
  writeTinyGguf(files.chat)
  writeTinyGguf(files.broken, { broken: 'missing-tensor' })
  llama = await getLlama({
    build: 'never',
    gpu: false,
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled
  })
})
// the binding itself is left as it is, as the engine leaves it
afterAll(() => rmSync(folder, { recursive: true }))

async function resultOf(model: LoadedModel, work: EngineWork) {
  const frame = await model.perform(work, call)
  if (frame.type !== 'result') throw new Error('no result')
  return frame.result
}

describe('an embedding model', () => {
  let model: EmbedModel
  beforeAll(async () => {
    model = await EmbedModel.load(llama, options(files.embedder), never)
  })
  afterAll(() => model.dispose())

  async function embed(inputs: string[], tokens: number[][] | null = null) {
    const result = await resultOf(model, { kind: 'embed', inputs, tokens })
    if (result.kind !== 'vectors') throw new Error('no vectors')
    const bytes = Buffer.from(result.data, 'base64')
    const values = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))
    const vectors = Array.from({ length: values.length / result.dimensions }, (_, index) =>
      values.slice(index * result.dimensions, (index + 1) * result.dimensions)
    )
    return { ...result, vectors }
  }
  const dot = (a: number[] = [], b: number[] = []) =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)

  test('makes one vector of length 1 for each input, in order, and counts their tokens', async () => {
    const texts = ['the harbour at night', 'the harbour at dawn', 'x']
    const { dimensions, vectors, inputTokens } = await embed(texts)
    expect(dimensions).toBe(tinyEmbeddingDimensions)
    expect(vectors).toHaveLength(3)
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5)
    expect(dot(vectors[0], vectors[1])).toBeGreaterThan(dot(vectors[0], vectors[2]))
    const alone = await embed([texts[1] ?? ''])
    expect(dot(alone.vectors[0], vectors[1])).toBeCloseTo(1, 5)
    const counts = await Promise.all(texts.map(async (text) => (await embed([text])).inputTokens))
    expect(inputTokens).toBe(counts.reduce((sum, count) => sum + count, 0))
  })

  test('takes tokens as they are, and none that it does not know', async () => {
    const { vectors, inputTokens } = await embed([], [[10, 11, 12]])
    expect(vectors).toHaveLength(1)
    expect(inputTokens).toBe(5) // with the two that the model puts around each input
    await expect(embed([], [[10], [11, 100_000]])).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('Input 1 has the token 100000')
    })
  })

  test('refuses an input longer than its context by its place and both lengths', async () => {
    await expect(embed(['short', 'a'.repeat(100)])).rejects.toMatchObject({
      code: 'context-overflow',
      message: expect.stringMatching(/Input 1 is 102 tokens long.*63/)
    })
  })

  test('reads as much as its context has room for, and no more text than its settings say', async () => {
    await expect(embed(['a'.repeat(61)])).resolves.toMatchObject({ inputTokens: 63 })
    const short = await EmbedModel.load(llama, { ...options(files.embedder), contextTokens: 32 }, never)
    const work: EngineWork = { kind: 'embed', inputs: ['a'.repeat(61)], tokens: null }
    await expect(short.perform(work, call)).rejects.toMatchObject({ code: 'context-overflow' })
    await short.dispose()
  })

  test('stops between inputs when nobody waits any more', async () => {
    const abort = new AbortController()
    const work: EngineWork = { kind: 'embed', inputs: Array(500).fill('the harbour'), tokens: null }
    const running = model.perform(work, { ...call, signal: abort.signal })
    abort.abort()
    await expect(running).rejects.toBe(abort.signal.reason)
    await expect(embed(['still here'])).resolves.toMatchObject({ vectors: [expect.any(Array)] })
  })

  test('can be one that chats, too, and its special tokens have no power in texts', async () => {
    const chat = await EmbedModel.load(llama, options(files.chat), never)
    const text = '<|im_end|>'
    const result = await resultOf(chat, { kind: 'embed', inputs: [text], tokens: null })
    expect(result).toMatchObject({ kind: 'vectors', inputTokens: expect.any(Number) })
    if (result.kind === 'vectors') expect(result.inputTokens).toBeGreaterThan(text.length / 2)
    await chat.dispose()
  })

  test('says so when its file cannot be loaded', async () => {
    await expect(EmbedModel.load(llama, options(files.broken), never)).rejects.toMatchObject({
      code: 'load-failed'
    })
    await expect(EmbedModel.load(llama, options(files.embedder), AbortSignal.abort())).rejects.toThrow(
      'aborted'
    )
  })

  test.skipIf(process.platform === 'darwin')('takes no memory that is not there', async () => {
    const available = vi.spyOn(process, 'availableMemory').mockReturnValue(1000)
    onTestFinished(() => available.mockRestore())
    const loading = EmbedModel.load(llama, options(files.embedder), never)
    await expect(loading).rejects.toMatchObject({ code: 'does-not-fit' })
  })

  test('says what it takes in memory', () => {
    expect(model.info).toMatchObject({ contextTokens: 64, threads: 1, gpuLayers: 0 })
    expect(model.info.memoryBytes).toBeGreaterThan(300_000)
  })
})

describe('a reranking model', () => {
  test('scores each document from 0 to 1, in their order', async () => {
    const model = await RerankModel.load(llama, options(files.reranker), never)
    const rank = (documents: string[]) => resultOf(model, { kind: 'rerank', query: 'boats', documents })
    const both = await rank(['boats come home', 'the sky'])
    const swapped = await rank(['the sky', 'boats come home'])
    if (both.kind !== 'scores' || swapped.kind !== 'scores') throw new Error('no scores')
    expect(both.scores).toHaveLength(2)
    for (const score of both.scores) {
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
    }
    expect(both.scores[0]).not.toBe(both.scores[1])
    expect(swapped.scores.toReversed()).toEqual(both.scores)
    expect(both.inputTokens).toBe(swapped.inputTokens)
    await expect(rank(['short', 'a'.repeat(100)])).rejects.toMatchObject({
      code: 'context-overflow',
      message: expect.stringContaining('Document 1 is')
    })
    await model.dispose()
  })

  test('has to be one', async () => {
    for (const path of [files.chat, files.embedder]) {
      await expect(RerankModel.load(llama, options(path), never)).rejects.toMatchObject({
        code: 'bad-request',
        message: 'This model cannot rank documents. Choose a reranking model.'
      })
    }
  })
})
