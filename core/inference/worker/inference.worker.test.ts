import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTinyEmbedder } from '../../../test/support/tiny-encoder-gguf.ts'
import { writeTinyGguf } from '../../../test/support/tiny-gguf.ts'
import type { EngineChat, EngineModel, EngineWork, FromEngine } from '../../contract/engine-frames.ts'
import { engineModel } from './engine-model.test-support.ts'
import { WorkerProcess } from './worker-process.test-support.ts'

const folder = mkdtempSync(join(tmpdir(), 'homeport-worker-'))
const first = join(folder, 'first.gguf')
const second = join(folder, 'second.gguf')
const embedder = join(folder, 'embedder.gguf')

let worker: WorkerProcess
beforeAll(async () => {
  writeTinyGguf(first)
  writeTinyGguf(second, { seed: 7 })
  writeTinyEmbedder(embedder)
  worker = await WorkerProcess.start()
})
afterAll(async () => {
  expect(await worker.stop()).toBe(0)
  rmSync(folder, { recursive: true })
})

let nextId = 1
function start(path: string, work: EngineWork, options: Partial<EngineModel> = {}): number {
  const id = nextId
  nextId += 1
  worker.send({ type: 'start', id, owner: 'test', model: engineModel(path, options), work })
  return id
}

function chat(maxTokens: number): Extract<EngineWork, { kind: 'chat' }> {
  const question: EngineChat = {
    messages: [{ role: 'user', text: 'Tell me about harbours.' }],
    tools: [],
    toolChoice: 'auto',
    parallelToolCalls: true,
    maxTokens,
    temperature: null,
    topP: null,
    topK: null,
    minP: null,
    frequencyPenalty: null,
    presencePenalty: null,
    seed: null,
    stop: [],
    reasoningTokens: null,
    logprobs: null,
    output: 'text',
    overflow: 'stop'
  }
  return { kind: 'chat', chat: question }
}

type Models = Extract<FromEngine, { type: 'models' }>
/** A report, from now on, that says what is meant. */
async function report(isMeant: (models: Models['models']) => boolean): Promise<Models> {
  const from = worker.frames.length
  return await worker.frame(
    (frame): frame is Models =>
      frame.type === 'models' && worker.frames.indexOf(frame) >= from && isMeant(frame.models)
  )
}

test('the engine says who it is and what it computes on, and that it is still there', async () => {
  const hello = await worker.frame((frame) => frame.type === 'hello')
  expect(worker.frames[0]).toBe(hello)
  expect(hello).toMatchObject({
    secret: worker.secret,
    devices: expect.arrayContaining([
      { name: expect.any(String), kind: 'cpu', totalBytes: expect.any(Number), freeBytes: expect.any(Number) }
    ])
  })
  worker.send({ type: 'budget', memoryBytes: 2_000_000_000 })
  worker.send({ type: 'ping' })
  await worker.frame((frame) => frame.type === 'pong')
})

test('two models answer, each request with its course of frames, and both stay in memory', async () => {
  const loaded = report((models) => models.filter(({ state }) => state === 'loaded').length === 2)
  const [a, b] = [start(first, chat(8)), start(second, chat(8))]
  for (const id of [a, b]) {
    expect(await worker.last(id)).toMatchObject({
      type: 'end',
      finish: 'length',
      usage: { output: { total: 8 } }
    })
    expect(worker.course(id)).toEqual(['begin', 'accepted', 'delta', 'end'])
  }
  const { models } = await loaded
  expect(models).toMatchObject([
    { path: first, threads: 1, contextTokens: expect.any(Number) },
    { path: second }
  ])
  expect(Math.min(...models.map(({ memoryBytes }) => memoryBytes))).toBeGreaterThan(500_000)
})

test('tokens are counted as they are used', async () => {
  const { chat: question } = chat(1)
  const [counted, used] = [start(first, { kind: 'count', chat: question }), start(first, chat(1))]
  const end = await worker.last(used)
  const total = end.type === 'end' ? end.usage.input.total : null
  expect(await worker.last(counted)).toMatchObject({ result: { kind: 'tokens', count: total } })
})

test('texts become vectors', async () => {
  const id = start(embedder, { kind: 'embed', inputs: ['a harbour', 'a boat'], tokens: null })
  expect(await worker.last(id)).toMatchObject({ result: { kind: 'vectors', dimensions: 64 } })
  expect(worker.course(id)).toEqual(['begin', 'result'])
})

test('a request that is cancelled ends with what it had, and the next goes on', async () => {
  const id = start(first, chat(1900))
  await worker.frame((frame): frame is FromEngine => frame.type === 'delta' && frame.id === id)
  worker.send({ type: 'cancel', id })
  const end = await worker.last(id)
  expect(end).toMatchObject({ type: 'end', finish: 'cancelled' })
  expect(end.type === 'end' && end.usage.output.total).toBeGreaterThan(0)
  expect(await worker.last(start(first, chat(2)))).toMatchObject({ finish: 'length' })
})

test('a model that is unloaded ends its requests and leaves memory; others stay', async () => {
  const id = start(second, chat(1900))
  await worker.frame((frame): frame is FromEngine => frame.type === 'delta' && frame.id === id)
  const gone = report((models) => !models.some(({ path }) => path === second))
  worker.send({ type: 'unload', path: second })
  expect(await worker.last(id)).toMatchObject({ type: 'error', code: 'failed' })
  expect((await gone).models.map(({ path }) => path)).toContain(first)
})

test('a file that is no model fails its request alone, and one in no known form, too', async () => {
  const broken = join(folder, 'broken.gguf')
  writeTinyGguf(broken, { broken: 'missing-tensor' })
  expect(await worker.last(start(broken, { kind: 'load' }))).toMatchObject({ code: 'load-failed' })
  worker.send({ type: 'start', id: 999, model: { path: 7 } })
  worker.send({ type: 'nonsense' })
  expect(await worker.last(999)).toMatchObject({ code: 'bad-request' })
})

test('a calibration measures and leaves nothing behind', async () => {
  const path = join(folder, 'calibrated.gguf')
  writeTinyGguf(path, { seed: 9 })
  const id = start(path, { kind: 'calibrate' })
  const gone = report((models) => !models.some((model) => model.path === path))
  expect(await worker.last(id)).toMatchObject({ result: { kind: 'calibration', threads: 1 } })
  await gone
})

test('a model that was loaded and nobody asks leaves memory when its time is over', async () => {
  const path = join(folder, 'idle.gguf')
  writeTinyGguf(path, { seed: 11 })
  const loaded = report((models) => models.some((model) => model.path === path && model.unloadsAt !== null))
  const id = start(path, { kind: 'load' }, { idleMs: 600 })
  expect(await worker.last(id)).toMatchObject({ result: { kind: 'loaded' } })
  await loaded
  await report((models) => !models.some((model) => model.path === path))
})

test('a budget too small takes all out of memory and refuses more', async () => {
  const empty = report((models) => models.length === 0)
  worker.send({ type: 'budget', memoryBytes: 1000 })
  await empty
  expect(await worker.last(start(first, chat(1)))).toMatchObject({ type: 'error', code: 'does-not-fit' })
})
