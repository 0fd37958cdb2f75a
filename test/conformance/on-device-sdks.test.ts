import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { cosineSimilarity, embedMany, generateText, isStepCount, Output, streamText, tool } from 'ai'
import { Ollama } from 'ollama'
import OpenAI, { APIUserAbortError } from 'openai'
import type { ChatCompletionMessageFunctionToolCall, ChatCompletionTool } from 'openai/resources'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type DaemonProcess, startDaemon, temporaryFolder } from '../support/daemon-process.ts'
import { tinyEmbeddingDimensions, writeTinyEmbedder } from '../support/tiny-encoder-gguf.ts'
import { writeTinyGguf } from '../support/tiny-gguf.ts'
import { waitUntil } from '../support/wait-until.ts'

/*
 * SDKs that programs are written with, asking a model of this machine. It writes letter salad, so what is asked of an answer
 * is its form: what a grammar guarantees, and that counts, ends and errors are where the SDK looks for them.
 */

const model = 'on-device/tiny'
const embedder = 'on-device/embedder'
const messages = [{ role: 'user' as const, content: 'Where do ships sleep?' }]
/** Far more than is written before an answer is left. */
const LONG_ANSWER = 10_000

const place = z.strictObject({ city: z.enum(['Paris', 'Oslo']), warm: z.boolean() })
const placeSchema = z.toJSONSchema(place)
const weather: ChatCompletionTool = {
  type: 'function',
  function: { name: 'weather', description: 'The weather of a city', parameters: placeSchema }
}
const clock: ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'clock',
    description: 'The time',
    parameters: { type: 'object', properties: { zone: { enum: ['UTC', 'CET'] } }, required: ['zone'] }
  }
}
const argumentsOf = {
  weather: place,
  clock: z.object({ zone: z.enum(['UTC', 'CET']) })
}

let daemon: DaemonProcess
let secret: string

beforeAll(async () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'models'))
  writeTinyGguf(join(dataDir, 'models/tiny.gguf'), { contextTokens: 16_384 })
  writeTinyEmbedder(join(dataDir, 'models/embedder.gguf'))
  daemon = await startDaemon({ dataDir })
  secret = (await daemon.app('POST /app/keys', { name: 'SDKs' })).secret
  await daemon.app('GET /app/local-models')
})
afterAll(async () => {
  await daemon?.stop()
})

const lengthOf = (vector: number[]) => Math.hypot(...vector)
const textsOf = ['ships sleep in the harbour', 'in the harbour ships sleep', 'quantum flux 99']

const abortedCalls = async () =>
  (await daemon.app('GET /app/traces')).traces.filter(({ status }) => status === 'aborted')

/** That an answer which its reader leaves ends there, and nothing goes on being computed for anybody. */
async function freesTheEngine(startAndLeave: () => Promise<void>) {
  const before = (await abortedCalls()).length
  await startAndLeave()
  const aborted = await waitUntil(async () => {
    const calls = await abortedCalls()
    return calls.length > before ? calls : null
  })
  expect(aborted[0]?.usage?.output.total ?? 0).toBeLessThan(LONG_ANSWER)
  await waitUntil(async () => {
    const { models } = await daemon.app('GET /app/engine')
    return models.every(({ active, waiting }) => active + waiting === 0)
  })
}

describe('the openai SDK with a model of this machine', () => {
  let client: OpenAI
  beforeAll(() => {
    client = new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
  })

  it('lists it', async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([model, embedder]))
  })

  it('gets an answer, its end and its tokens', async () => {
    const { choices, usage } = await client.chat.completions.create({ model, messages, max_tokens: 12 })
    expect(choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { role: 'assistant', content: expect.stringMatching(/./) }
    })
    expect(usage).toMatchObject({ completion_tokens: 12, total_tokens: Number(usage?.prompt_tokens) + 12 })
  })

  it('streams the same answer for the same seed', async () => {
    const ask = { model, messages, max_tokens: 24, seed: 7 }
    const plain = await client.chat.completions.create(ask)
    const stream = client.chat.completions.stream({ ...ask, stream_options: { include_usage: true } })
    const pieces: string[] = []
    stream.on('content', (piece) => pieces.push(piece))
    const { choices, usage } = await stream.finalChatCompletion()
    expect(pieces.length).toBeGreaterThan(1)
    expect(choices[0]?.message.content).toBe(plain.choices[0]?.message.content)
    expect(usage?.completion_tokens).toBe(24)
  })

  it('is told how much of a growing chat was there already', async () => {
    const asked = [{ role: 'user' as const, content: 'Tell me all of the sea. '.repeat(8) }]
    const first = await client.chat.completions.create({ model, messages: asked, max_tokens: 8 })
    const { usage } = await client.chat.completions.create({
      model,
      messages: [
        ...asked,
        { role: 'assistant', content: first.choices[0]?.message.content ?? '' },
        { role: 'user', content: 'And?' }
      ],
      max_tokens: 8
    })
    expect(usage?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(
      0.8 * Number(first.usage?.prompt_tokens)
    )
  })

  it('ends an answer before a stop string', async () => {
    const { choices } = await client.chat.completions.create({
      model,
      messages,
      max_tokens: 400,
      stop: ['e', 't']
    })
    expect(choices[0]).toMatchObject({ finish_reason: 'stop' })
    expect(choices[0]?.message.content).not.toMatch(/[et]/)
  })

  it('gets the odds of each token, with as many others as it asked for', async () => {
    const { choices } = await client.chat.completions.create({
      model,
      messages,
      max_tokens: 6,
      temperature: 0,
      logprobs: true,
      top_logprobs: 3
    })
    const tokens = choices[0]?.logprobs?.content ?? []
    expect(tokens).toHaveLength(6)
    expect(tokens.map(({ token }) => token).join('')).toBe(choices[0]?.message.content)
    for (const { logprob, top_logprobs } of tokens) {
      expect(logprob).toBeLessThanOrEqual(0)
      expect(top_logprobs).toHaveLength(3)
      const odds = top_logprobs.map((other) => other.logprob)
      expect(odds).toEqual([...odds].sort((a, b) => b - a))
    }
  })

  it('gets the object that a JSON schema describes', async () => {
    const { choices } = await client.chat.completions.create({
      model,
      messages,
      max_tokens: 200,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'place', schema: placeSchema, strict: true }
      }
    })
    expect(() => place.parse(JSON.parse(choices[0]?.message.content ?? ''))).not.toThrow()
    expect(choices[0]?.finish_reason).toBe('stop')
  })

  const expectCalls = (calls: ChatCompletionMessageFunctionToolCall[]) => {
    expect(calls.length).toBeGreaterThan(0)
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length)
    for (const { function: called } of calls) {
      const schema = called.name === 'clock' ? argumentsOf.clock : argumentsOf.weather
      expect(['weather', 'clock']).toContain(called.name)
      expect(() => schema.parse(JSON.parse(called.arguments))).not.toThrow()
    }
  }
  const functionCalls = (calls: OpenAI.ChatCompletionMessageToolCall[] | undefined) =>
    (calls ?? []).filter((call) => call.type === 'function')

  it.each([false, true])('gets the call of a tool that it must use (stream: %s)', async (stream) => {
    const ask = {
      model,
      messages,
      max_tokens: 400,
      tools: [weather, clock],
      tool_choice: { type: 'function' as const, function: { name: 'weather' } },
      parallel_tool_calls: false
    }
    const { choices } = stream
      ? await client.chat.completions.stream(ask).finalChatCompletion()
      : await client.chat.completions.create(ask)
    const calls = functionCalls(choices[0]?.message.tool_calls)
    expectCalls(calls)
    expect(calls.map((call) => call.function.name)).toEqual(['weather'])
    expect(choices[0]?.finish_reason).toBe('tool_calls')
  })

  it('gets calls of any of its tools, several at once, and hands their results back', async () => {
    const ask = { model, tools: [weather, clock], max_tokens: 600, parallel_tool_calls: true }
    const first = await client.chat.completions.create({ ...ask, messages, tool_choice: 'required' })
    const answer = first.choices[0]?.message
    const calls = functionCalls(answer?.tool_calls)
    expectCalls(calls)
    const results = calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: '15 °C' }))
    const second = await client.chat.completions.create({
      ...ask,
      messages: [...messages, { role: 'assistant', content: null, tool_calls: calls }, ...results],
      tool_choice: 'none',
      max_tokens: 12
    })
    expect(second.choices[0]?.message).toMatchObject({ content: expect.stringMatching(/./) })
    expect(second.choices[0]?.message.tool_calls ?? []).toEqual([])
  })

  it('gets vectors of length 1, as base64 or numbers, that say which texts are alike', async () => {
    // it asks for base64 itself, unless it is told otherwise
    const decoded = await client.embeddings.create({ model: embedder, input: textsOf })
    const numbers = await client.embeddings.create({
      model: embedder,
      input: textsOf,
      encoding_format: 'float'
    })
    const [a = [], b = [], c = []] = decoded.data.map(({ embedding }) => embedding)
    for (const [index, { embedding }] of numbers.data.entries()) {
      expect(embedding).toHaveLength(tinyEmbeddingDimensions)
      expect(lengthOf(embedding)).toBeCloseTo(1, 4)
      for (const [at, value] of embedding.entries())
        expect(decoded.data[index]?.embedding[at]).toBeCloseTo(value, 5)
    }
    expect(cosineSimilarity(a, b)).toBeGreaterThan(cosineSimilarity(a, c))
    expect(decoded.usage.prompt_tokens).toBeGreaterThan(10)
  })

  it('gets shorter vectors of length 1 when it asks for fewer dimensions', async () => {
    const ask = { model: embedder, input: textsOf[0] ?? '', dimensions: 16 }
    const { data } = await client.embeddings.create(ask)
    expect(data[0]?.embedding).toHaveLength(16)
    expect(lengthOf(data[0]?.embedding ?? [])).toBeCloseTo(1, 4)
    const tooMany = { ...ask, dimensions: tinyEmbeddingDimensions + 1 }
    await expect(client.embeddings.create(tooMany)).rejects.toMatchObject({ status: 400 })
  })

  it('is refused a chat that is longer than the context, and the engine lives on', async () => {
    const endless = [{ role: 'user' as const, content: 'x'.repeat(40_000) }]
    await expect(client.chat.completions.create({ model, messages: endless })).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded'
    })
    const { choices } = await client.chat.completions.create({ model, messages, max_tokens: 4 })
    expect(choices).toHaveLength(1)
  })

  it('frees the engine when it leaves in the middle of an answer', async () => {
    await freesTheEngine(async () => {
      const abort = new AbortController()
      const ask = { model, messages, max_tokens: LONG_ANSWER, stream: true as const }
      const stream = await client.chat.completions.create(ask, { signal: abort.signal })
      let seen = 0
      try {
        for await (const _ of stream) if (++seen === 3) abort.abort()
      } catch (error) {
        expect(error).toBeInstanceOf(APIUserAbortError)
      }
    })
  })
})

describe('the ollama SDK with a model of this machine', () => {
  let ollama: Ollama
  beforeAll(() => {
    ollama = new Ollama({ host: daemon.baseUrl, headers: { authorization: `Bearer ${secret}` } })
  })
  const options = { num_predict: 12 }

  it('gets an answer with its counts, plain and streamed', async () => {
    const plain = await ollama.chat({ model, messages, options })
    expect(plain).toMatchObject({ done: true, done_reason: 'length', eval_count: 12 })
    expect(plain.message.content).not.toBe('')

    let content = ''
    let last: { done: boolean; eval_count: number } | undefined
    for await (const part of await ollama.chat({ model, messages, options, stream: true })) {
      content += part.message.content
      last = part
    }
    expect(content).not.toBe('')
    expect(last).toMatchObject({ done: true, eval_count: 12 })
  })

  it('continues a prompt', async () => {
    const answer = await ollama.generate({ model, prompt: 'Ships sleep', options })
    expect(answer).toMatchObject({ done: true, response: expect.stringMatching(/./), eval_count: 12 })
  })

  it('gets the object that a JSON schema describes', async () => {
    const answer = await ollama.chat({
      model,
      messages,
      format: placeSchema,
      options: { num_predict: 200 }
    })
    expect(() => place.parse(JSON.parse(answer.message.content))).not.toThrow()
  })

  it('gets the calls it can read, if the model makes any', async () => {
    const tools = [{ type: 'function', function: { name: 'clock', description: 'The time' } }]
    const { message } = await ollama.chat({ model, messages, tools, options })
    for (const call of message.tool_calls ?? []) expect(call.function.arguments).toBeTypeOf('object')
    expect(message.content !== '' || message.tool_calls !== undefined).toBe(true)
  })

  it('gets vectors', async () => {
    const { embeddings } = await ollama.embed({ model: embedder, input: textsOf })
    expect(embeddings.map((vector) => vector.length)).toEqual(textsOf.map(() => tinyEmbeddingDimensions))
    for (const vector of embeddings) expect(lengthOf(vector)).toBeCloseTo(1, 4)
  })

  it('frees the engine when it leaves in the middle of an answer', async () => {
    await freesTheEngine(async () => {
      const long = { num_predict: LONG_ANSWER }
      const stream = await ollama.chat({ model, messages, stream: true, options: long })
      await expect(async () => {
        for await (const _ of stream) stream.abort()
      }).rejects.toThrow()
    })
  })
})

describe("Vercel's AI SDK with a model of this machine", () => {
  const homeport = () =>
    createOpenAICompatible({
      name: 'homeport',
      baseURL: `${daemon.baseUrl}/v1`,
      apiKey: secret,
      includeUsage: true,
      supportsStructuredOutputs: true
    })
  const chat = () => homeport()(model)
  const prompt = 'Where do ships sleep?'

  it('generates text', async () => {
    const { text, finishReason, usage } = await generateText({ model: chat(), prompt, maxOutputTokens: 12 })
    expect(text).not.toBe('')
    expect({ finishReason, tokens: usage.outputTokens }).toEqual({ finishReason: 'length', tokens: 12 })
  })

  it('streams text', async () => {
    const answer = streamText({ model: chat(), prompt, maxOutputTokens: 24 })
    const pieces: string[] = []
    for await (const piece of answer.textStream) pieces.push(piece)
    expect(pieces.length).toBeGreaterThan(1)
    expect((await answer.usage).outputTokens).toBe(24)
  })

  it('generates an object', async () => {
    const output = Output.object({ schema: place })
    const { output: object } = await generateText({ model: chat(), prompt, output, maxOutputTokens: 200 })
    expect(place.safeParse(object).success).toBe(true)
  })

  it('runs tools and goes on with what they gave', async () => {
    const asked: unknown[] = []
    const { steps } = await generateText({
      model: chat(),
      prompt,
      tools: {
        weather: tool({
          description: 'The weather of a city',
          inputSchema: place,
          execute: (input) => {
            asked.push(input)
            return '15 °C'
          }
        })
      },
      toolChoice: { type: 'tool', toolName: 'weather' },
      stopWhen: isStepCount(2),
      maxOutputTokens: 400
    })
    expect(steps).toHaveLength(2)
    expect(asked.length).toBeGreaterThanOrEqual(2)
    for (const input of asked) expect(place.safeParse(input).success).toBe(true)
  })

  it('embeds', async () => {
    const { embeddings, usage } = await embedMany({
      model: homeport().embeddingModel(embedder),
      values: textsOf
    })
    expect(embeddings.map((vector) => vector.length)).toEqual(textsOf.map(() => tinyEmbeddingDimensions))
    expect(usage.tokens).toBeGreaterThan(10)
  })

  it('frees the engine when it leaves in the middle of an answer', async () => {
    await freesTheEngine(async () => {
      const stop = new AbortController()
      const long = { maxOutputTokens: LONG_ANSWER, abortSignal: stop.signal }
      const answer = streamText({ model: chat(), prompt, ...long })
      for await (const _ of answer.textStream) {
        stop.abort()
        break
      }
    })
  })
})
