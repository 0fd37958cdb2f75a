import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChatPart } from '../../core/providers/spec/chat.ts'
import type { PromptMessage } from '../../core/providers/spec/prompt.ts'
import {
  tinyEmbeddingDimensions,
  writeTinyEmbedder,
  writeTinyReranker
} from '../support/tiny-encoder-gguf.ts'
import { tinyGgufDefects, writeTinyGguf } from '../support/tiny-gguf.ts'
import { waitUntil } from '../support/wait-until.ts'
import { never, type OnDeviceRig, openOnDeviceRig, partsOf, textOf, usageOf } from './on-device-rig.ts'

/** The provider of on-device models, as the pipeline sees it: a real engine process, store and folder. */
describe('on-device models', () => {
  let rig: OnDeviceRig
  beforeAll(async () => {
    rig = await openOnDeviceRig((modelsDir) => {
      writeTinyGguf(join(modelsDir, 'tiny.gguf'), { name: 'Tiny' })
      writeTinyEmbedder(join(modelsDir, 'embedder.gguf'))
      writeTinyReranker(join(modelsDir, 'reranker.gguf'))
      for (const broken of tinyGgufDefects) writeTinyGguf(join(modelsDir, `bad-${broken}.gguf`), { broken })
    })
  })
  afterAll(async () => {
    await rig.close()
  })
  const modelOf = async (id: string) => {
    const model = (await rig.onDevice.models.list()).find((listed) => listed.id === id)
    if (model === undefined) throw new Error(`no ${id}`)
    return model
  }
  const user = (text: string): PromptMessage => ({ role: 'user', content: [{ type: 'text', text }] })

  test('that are broken never start the engine', async () => {
    for (const broken of tinyGgufDefects) {
      const model = `bad-${broken.toLowerCase().replace('^', '-')}`
      await expect(rig.ask({}, { model })).rejects.toMatchObject({ code: 'model-broken', status: 422 })
    }
    expect(rig.children).toHaveLength(0)
    expect(rig.onDevice.backend()).toBeNull()
  })

  test('are offered when they can be used', () => {
    const models = rig.onDevice.provider.listModels()
    expect(models.map(({ id }) => id).sort()).toEqual(['embedder', 'reranker', 'tiny'])
    expect(models.find(({ id }) => id === 'tiny')).toEqual({
      id: 'tiny',
      name: 'Tiny',
      kind: 'chat',
      contextTokens: 2048,
      abilities: { vision: false, tools: false, json: true, reasoning: false }
    })
  })

  test('are listed with what they are, or what is wrong with them', async () => {
    expect(await modelOf('tiny')).toMatchObject({
      name: 'Tiny',
      kind: 'chat',
      path: join(rig.onDevice.modelsDir, 'tiny.gguf'),
      origin: 'folder',
      architecture: 'llama',
      parameters: 119_488,
      quantization: 'F32',
      contextTokens: 2048,
      hasChatTemplate: true,
      chatTemplateHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      state: 'ready',
      problem: null,
      fit: { verdict: expect.stringMatching(/^(cpu|gpu)$/), contextTokens: 2048 },
      speed: null
    })
    expect((await modelOf('embedder')).kind).toBe('embedding')
    expect((await modelOf('reranker')).kind).toBe('rerank')
    const broken = (await rig.onDevice.models.list()).filter(({ id }) => id.startsWith('bad-'))
    expect(broken).toHaveLength(tinyGgufDefects.length)
    expect(broken.every((model) => model.state === 'broken' && model.problem !== null)).toBe(true)
  })

  test('stream an answer, its end and its usage, and are loaded then', async () => {
    const answer = await rig.ask()
    expect(answer).toMatchObject({ wireDialect: null, headers: {}, warnings: [] })
    const parts = await partsOf(answer)
    expect(parts[0]).toEqual({ type: 'served-model', model: 'tiny' })
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
    await waitUntil(async () => (await modelOf('tiny')).state === 'loaded')
    expect(rig.events.engineChanged).toBeGreaterThan(0)
    expect(rig.events.modelsChanged).toBeGreaterThan(0)
    const status = await rig.onDevice.status()
    expect(status).toMatchObject({ state: 'running', backend: rig.onDevice.backend() })
    expect(status.models).toEqual([
      expect.objectContaining({ id: 'tiny', name: 'Tiny', state: 'loaded', contextTokens: 2048 })
    ])
    expect(status.memory.usedBytes).toBeGreaterThan(0)
    expect(status.memory.usedBytes).toBeLessThan(status.memory.budgetBytes)
  })

  test('are shown with the speed and the time of their last answer', async () => {
    const before = Date.now()
    await partsOf(await rig.ask({ maxTokens: 30 }))
    await waitUntil(async () => ((await modelOf('tiny')).lastUsedAt ?? 0) >= before)
    expect((await modelOf('tiny')).speed?.output).toBeGreaterThan(0)
  })

  test('answer in JSON when asked to', async () => {
    const schema = { anyOf: [{ type: 'object', properties: { berth: { enum: [1, 2] } } }] }
    const parts = await partsOf(await rig.ask({ output: { name: 'berth', schema }, maxTokens: 200 }))
    expect(JSON.parse(textOf(parts))).toEqual({ berth: expect.toBeOneOf([1, 2]) })
  })

  test('call a tool with arguments that its schema allows, and go on with what it gave back', async () => {
    const parameters = {
      type: 'object',
      properties: { city: { enum: ['Oslo', 'Porto'] } },
      required: ['city'],
      additionalProperties: false
    }
    const tools = [{ name: 'tides', description: 'The tides of a city.', parameters }]
    const parts = await partsOf(await rig.ask({ tools, toolChoice: 'required', maxTokens: 400 }))
    const start = parts.find((part) => part.type === 'tool-call-start')
    if (start === undefined) throw new Error('no call')
    expect(start).toMatchObject({ index: 0, id: expect.stringMatching(/^call_./), name: 'tides' })
    const json = parts
      .map((part) => (part.type === 'tool-call-delta' && part.index === 0 ? part.arguments : ''))
      .join('')
    expect(JSON.parse(json)).toEqual({ city: expect.toBeOneOf(['Oslo', 'Porto']) })
    expect(parts).toContainEqual({ type: 'finish', reason: 'tool-calls' })

    const called: PromptMessage[] = [
      user('Where do ships sleep?'),
      { role: 'assistant', content: [{ type: 'tool-call', id: start.id, name: 'tides', arguments: json }] },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            callId: start.id,
            content: [{ type: 'text', text: 'High at noon.' }],
            isError: false
          }
        ]
      }
    ]
    const answer = await rig.ask({ tools, toolChoice: 'none', messages: called })
    expect(textOf(await partsOf(answer))).not.toBe('')
  })

  test('give the odds of their tokens', async () => {
    const parts = await partsOf(await rig.ask({ logprobs: { top: 2 }, maxTokens: 5 }))
    const tokens = parts.flatMap((part) => (part.type === 'logprobs' ? part.tokens : []))
    expect(tokens).toHaveLength(5)
    expect(tokens.every(({ logprob, top }) => logprob <= 0 && top.length === 2)).toBe(true)
  })

  test('say which stop string ended an answer', async () => {
    const finish = (parts: ChatPart[]) => parts.find((part) => part.type === 'finish')
    const parts = await partsOf(await rig.ask({ stop: ['e', 't', 'a', 'o', 'n'], maxTokens: 400 }))
    expect(finish(parts)).toEqual({
      type: 'finish',
      reason: 'stop',
      stopSequence: expect.stringMatching(/^[etaon]$/)
    })
  })

  test('say what they left out of a request', async () => {
    const answer = await rig.ask({ unmapped: ['n_discard'], reasoning: { effort: 'high' } })
    expect(answer.warnings).toEqual([
      expect.stringContaining('reasoning'),
      expect.stringContaining('n_discard')
    ])
    await partsOf(answer)
  })

  test('evaluate of a growing chat what is new, and say how much was there', async () => {
    const messages = [user('Tell me of every harbour there is. '.repeat(8))]
    const first = await partsOf(await rig.ask({ messages, maxTokens: 8 }))
    messages.push({ role: 'assistant', content: [{ type: 'text', text: textOf(first) }] }, user('And?'))
    const second = usageOf(await partsOf(await rig.ask({ messages, maxTokens: 8 })))
    expect(second?.input.cacheRead).toBeGreaterThan(0.8 * Number(usageOf(first)?.input.total))
    expect(second?.input.total).toBe(Number(second?.input.cacheRead) + Number(second?.input.noCache))
  })

  test('count the tokens of a prompt as they are counted when it is answered', async () => {
    const messages = [user('How many berths has Porto?')]
    const call = { model: 'tiny', stream: false, wire: null, signal: never }
    const request = () => ({ messages, output: 'text' as const, unmapped: [] })
    const counted = await rig.onDevice.provider.countTokens?.({ ...call, request })
    expect(counted).toBe(usageOf(await partsOf(await rig.ask({ messages })))?.input.total)
  })

  test('refuse before the answer begins what is wrong with a request', async () => {
    await expect(rig.ask({ temperature: 3 })).rejects.toMatchObject({
      code: 'bad-request',
      param: 'temperature'
    })
    await expect(rig.ask({}, { model: 'absent' })).rejects.toMatchObject({
      code: 'not-found',
      param: 'model'
    })
    await expect(rig.ask({}, { model: 'embedder' })).rejects.toMatchObject({
      code: 'bad-request',
      param: 'model'
    })
    await expect(rig.ask({ messages: [user('harbour '.repeat(2000))] })).rejects.toMatchObject({
      code: 'context-overflow',
      status: 400,
      param: 'messages'
    })
  })

  test('leave out the oldest turns of a chat that is too long, where that is chosen, and say so', async () => {
    const { settings } = await modelOf('tiny')
    await rig.onDevice.models.saveSettings('tiny', { ...settings, overflow: 'slide' })
    const turns = Array.from({ length: 40 }, (_, index): PromptMessage[] => [
      user(`Question ${index}: ${'where do ships sleep? '.repeat(3)}`),
      { role: 'assistant', content: [{ type: 'text', text: 'In the harbour.' }] }
    ])
    const answer = await rig.ask({ messages: [...turns.flat(), user('And?')] })
    expect(answer.warnings).toEqual([expect.any(String)])
    expect(usageOf(await partsOf(answer))?.input.total).toBeLessThan(2048)
    await rig.onDevice.models.saveSettings('tiny', settings)
  })

  test('turn texts into vectors, whole or shortened', async () => {
    const { provider } = rig.onDevice
    const embed = async (dimensions?: number) =>
      await provider.embed?.({
        model: 'embedder',
        inputs: ['ships sleep', 'in the harbour'],
        signal: never,
        ...(dimensions !== undefined && { dimensions })
      })
    const lengths = (vectors: number[][] = []) => vectors.map((vector) => Math.hypot(...vector))
    const whole = await embed()
    expect(whole?.vectors.map((vector) => vector.length)).toEqual([
      tinyEmbeddingDimensions,
      tinyEmbeddingDimensions
    ])
    expect(lengths(whole?.vectors)).toEqual([expect.closeTo(1, 4), expect.closeTo(1, 4)])
    expect(whole).toMatchObject({ servedModel: 'embedder', warnings: [] })
    expect(whole?.usage?.input.total).toBeGreaterThan(4)
    expect((await embed(tinyEmbeddingDimensions))?.warnings).toEqual([])

    const short = await embed(16)
    expect(short?.vectors.map((vector) => vector.length)).toEqual([16, 16])
    expect(lengths(short?.vectors)).toEqual([expect.closeTo(1, 6), expect.closeTo(1, 6)])
    expect(short?.warnings).toEqual([expect.stringContaining('dimensions')])
    await expect(embed(1000)).rejects.toMatchObject({ code: 'bad-request', param: 'dimensions' })
  })

  test('rank documents, best first, and say so where they cannot', async () => {
    const { provider } = rig.onDevice
    const rank = async (model: string, topN: number) =>
      await provider.rerank?.({
        model,
        query: 'where do ships sleep',
        documents: ['in the harbour', 'quantum flux', 'at sea'],
        topN,
        signal: never
      })
    const ranked = await rank('reranker', 2)
    expect(ranked?.results).toHaveLength(2)
    const [best, next] = ranked?.results ?? []
    expect(best?.score).toBeGreaterThanOrEqual(Number(next?.score))
    expect(ranked?.usage?.input.total).toBeGreaterThan(0)
    await expect(rank('tiny', 2)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('cannot rank')
    })
  })

  test('stop with the caller', async () => {
    const abort = new AbortController()
    const answer = await rig.ask({ maxTokens: 2000 }, { signal: abort.signal })
    const reading = (async () => {
      for await (const _ of answer.events) abort.abort()
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    await waitUntil(async () => (await rig.onDevice.status()).models.every(({ active }) => active === 0))
  })

  test('answer the programs that ask in turn, however much one of them asks', async () => {
    const { settings } = await modelOf('tiny')
    await rig.onDevice.models.saveSettings('tiny', { ...settings, parallel: 1 })
    const order: string[] = []
    const ask = async (caller: string) => {
      await partsOf(await rig.ask({ maxTokens: 40 }, { caller }))
      order.push(caller)
    }
    const greedy = Array.from({ length: 6 }, () => ask('greedy'))
    await Promise.all([...greedy, ask('modest')])
    // behind the one that is answered, and one that had its turn before
    expect(order.indexOf('modest')).toBeLessThanOrEqual(2)
    await rig.onDevice.models.saveSettings('tiny', settings)
  })

  test('are loaded and unloaded on request', async () => {
    const { models } = rig.onDevice
    expect((await models.unload('tiny')).state).toBe('ready')
    expect((await rig.onDevice.status()).models.map(({ id }) => id)).not.toContain('tiny')
    await models.load('tiny', never)
    await waitUntil(async () => (await modelOf('tiny')).state === 'loaded')
    await models.load('embedder', never)
    await waitUntil(async () => (await modelOf('embedder')).state === 'loaded')
  })

  test('are loaded anew when their file was replaced, and leave the memory when it is gone', async () => {
    const path = join(rig.onDevice.modelsDir, 'brief.gguf')
    const answer = async () => {
      const parts = await partsOf(await rig.ask({ temperature: 0 }, { model: 'brief' }))
      return textOf(parts)
    }
    writeTinyGguf(path, { seed: 1 })
    const first = await answer()
    expect(await answer()).toBe(first)
    writeTinyGguf(path, { seed: 2, name: 'Another model' })
    expect(await answer()).not.toBe(first)

    const isInMemory = async () => (await rig.onDevice.status()).models.some(({ id }) => id === 'brief')
    await waitUntil(isInMemory)
    await rig.onDevice.models.remove('brief', { deleteFile: true })
    await waitUntil(async () => !(await isInMemory()))
    expect(existsSync(path)).toBe(false)
  })

  test('are refused where they do not fit into the memory they may take', async () => {
    rig.settings.memoryMegabytes = 1
    rig.onDevice.settingsChanged()
    await expect(rig.ask()).rejects.toMatchObject({ code: 'unavailable', param: 'model' })
    rig.settings.memoryMegabytes = null
    rig.onDevice.settingsChanged()
    expect(textOf(await partsOf(await rig.ask()))).not.toBe('')
  })

  test('find the threads that suit them, and keep to it', async () => {
    const model = await rig.onDevice.models.calibrate('tiny', never)
    expect(model.calibratedThreads).toBe(1)
    expect(model.speed?.output).toBeGreaterThan(0)
  })
})
