import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trackedSpawn } from '../../core/inference/engine/engine.test-support.ts'
import { type OnDevice, openOnDevice } from '../../core/inference/on-device.ts'
import { silentLogger } from '../../core/lib/logger.ts'
import type { ChatAnswer, ChatPart, ChatRequest } from '../../core/providers/spec/chat.ts'
import { openStore } from '../../core/store/open-store.ts'
import type { Store } from '../../core/store/store.ts'
import { tinyGgufDefects, writeTinyGguf } from '../support/tiny-gguf.ts'

/** The provider of on-device models, as the pipeline sees it: a real engine process, store and folder. */
describe('on-device models', () => {
  let dataDir: string
  let store: Store
  let onDevice: OnDevice
  let changes = 0
  const { spawnChild, children } = trackedSpawn()

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'homeport-on-device-'))
    mkdirSync(join(dataDir, 'models'))
    writeTinyGguf(join(dataDir, 'models/tiny.gguf'), { name: 'Tiny' })
    for (const broken of tinyGgufDefects)
      writeTinyGguf(join(dataDir, `models/bad-${broken}.gguf`), { broken })
    store = await openStore({ dataDir, logger: silentLogger })
    const onChange = () => {
      changes += 1
    }
    onDevice = await openOnDevice({ store, dataDir, spawnChild, logger: silentLogger, onChange })
    await onDevice.models.list()
  })
  afterAll(async () => {
    await onDevice.close()
    await store.close()
    rmSync(dataDir, { recursive: true })
  })

  const ask = (request: Partial<ChatRequest> = {}, model = 'tiny', signal = new AbortController().signal) =>
    onDevice.provider.chat({
      model,
      stream: true,
      wire: null,
      signal,
      request: () => ({
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Where do ships sleep?' }] }],
        output: 'text',
        unmapped: [],
        maxTokens: 20,
        ...request
      })
    })
  const partsOf = async (answer: ChatAnswer) => {
    const parts: ChatPart[] = []
    for await (const event of answer.events) parts.push(...event.parts)
    return parts
  }
  const textOf = (parts: ChatPart[]) =>
    parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('')

  test('that are broken never start the engine', async () => {
    for (const broken of tinyGgufDefects) {
      const id = `bad-${broken.toLowerCase().replace('^', '-')}`
      await expect(ask({}, id)).rejects.toMatchObject({ code: 'model-broken', status: 422 })
    }
    expect(children).toHaveLength(0)
    expect(onDevice.backend()).toBeNull()
  })

  test('are offered when they can be used', () => {
    expect(onDevice.provider.listModels()).toEqual([
      {
        id: 'tiny',
        name: 'Tiny',
        contextTokens: 2048,
        abilities: { vision: false, tools: false, json: true }
      }
    ])
  })

  test('are listed with what they are, or what is wrong with them', async () => {
    const models = await onDevice.models.list()
    expect(models).toHaveLength(1 + tinyGgufDefects.length)
    expect(models.find((model) => model.id === 'tiny')).toEqual({
      id: 'tiny',
      name: 'Tiny',
      path: join(onDevice.modelsDir, 'tiny.gguf'),
      sizeBytes: expect.any(Number),
      origin: 'folder',
      architecture: 'llama',
      parameters: 119_488,
      quantization: 'F32',
      contextTokens: 2048,
      hasChatTemplate: true,
      state: 'ready',
      problem: null
    })
    const broken = models.filter((model) => model.id !== 'tiny')
    expect(broken.every((model) => model.state === 'broken' && model.problem !== null)).toBe(true)
  })

  test('stream an answer, its end and its usage, and are loaded then', async () => {
    const answer = await ask()
    expect(answer).toMatchObject({ wireDialect: null, headers: {}, warnings: [] })
    const parts = await partsOf(answer)
    expect(textOf(parts)).not.toBe('')
    expect(parts.slice(-2)).toEqual([
      { type: 'finish', reason: 'length' },
      {
        type: 'usage',
        usage: {
          input: expect.objectContaining({ total: expect.any(Number) }),
          output: { total: 20, text: 20, reasoning: 0 }
        }
      }
    ])
    const before = changes
    expect((await onDevice.models.list()).find((model) => model.id === 'tiny')?.state).toBe('loaded')
    expect(before).toBeGreaterThan(0)
    expect(onDevice.backend()).not.toBeNull()
  })

  test('answer in JSON when asked to', async () => {
    const schema = { anyOf: [{ type: 'object', properties: { berth: { enum: [1, 2] } } }] }
    const parts = await partsOf(await ask({ output: { name: 'berth', schema }, maxTokens: 200 }))
    expect(JSON.parse(textOf(parts))).toEqual({ berth: expect.toBeOneOf([1, 2]) })
  })

  test('say what they left out of a request', async () => {
    const answer = await ask({ unmapped: ['n_discard'] })
    expect(answer.warnings).toEqual([expect.stringContaining('n_discard')])
    await partsOf(answer)
  })

  test('refuse before the answer begins what is wrong with a request', async () => {
    await expect(ask({ temperature: 3 })).rejects.toMatchObject({ code: 'bad-request', param: 'temperature' })
    await expect(ask({}, 'absent')).rejects.toMatchObject({ code: 'not-found', param: 'model' })
    const text = 'harbour '.repeat(2000)
    await expect(
      ask({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] })
    ).rejects.toMatchObject({
      code: 'context-overflow',
      status: 400,
      param: 'messages'
    })
  })

  test('stop with the caller', async () => {
    const abort = new AbortController()
    const answer = await ask({ maxTokens: 2000 }, 'tiny', abort.signal)
    const reading = (async () => {
      for await (const _ of answer.events) abort.abort()
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('are back after their engine was killed in the middle of an answer', async () => {
    const answer = await ask({ maxTokens: 2000 })
    children.at(-1)?.kill('SIGKILL')
    await expect(partsOf(answer)).rejects.toMatchObject({
      code: 'engine-failed',
      status: 502,
      retryable: true
    })
    expect(textOf(await partsOf(await ask()))).not.toBe('')
  })

  test('that stopped the engine twice are out of the offer until they are added again', async () => {
    for (const _ of [1, 2]) {
      const answer = await ask({ maxTokens: 2000 })
      children.at(-1)?.kill('SIGKILL')
      await expect(partsOf(answer)).rejects.toMatchObject({ code: 'engine-failed' })
    }
    expect(onDevice.provider.listModels()).toEqual([])
    await expect(ask()).rejects.toMatchObject({ code: 'model-broken' })
    await onDevice.models.add(join(onDevice.modelsDir, 'tiny.gguf'))
    expect(onDevice.provider.listModels()).toHaveLength(1)
    expect(textOf(await partsOf(await ask()))).not.toBe('')
  })
})
