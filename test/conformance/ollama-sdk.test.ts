import { Ollama, type Tool } from 'ollama'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DaemonProcess, startDaemon } from '../support/daemon-process.ts'
import {
  type Answer,
  type ScriptedUpstream,
  sendChunks,
  sendJson,
  startScriptedUpstream
} from '../support/scripted-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

const model = 'up/small'
const messages = [{ role: 'user', content: 'What is it like in Paris and Oslo?' }]
const usage = { prompt_tokens: 21, completion_tokens: 9, total_tokens: 30 }
const png = `iVBORw0KGgo${'A'.repeat(80)}`

let upstream: ScriptedUpstream
let daemon: DaemonProcess
let secret: string
let ollama: Ollama

beforeAll(async () => {
  upstream = await startScriptedUpstream(['small', 'tagged:8b', 'text-embedding-3-small'])
  daemon = await startDaemon()
  await daemon.app('POST /app/providers', { id: 'up', baseUrl: upstream.baseUrl, key: 'sk-up' })
  secret = (await daemon.app('POST /app/keys', { name: 'Ollama client' })).secret
  ollama = client(secret)
})
afterAll(async () => {
  await daemon?.stop()
  await upstream?.close()
})

const client = (key: string) =>
  new Ollama({ host: daemon.baseUrl, headers: { authorization: `Bearer ${key}` } })

/** An answer of chat completions, plain or streamed as the request asks. */
const completes =
  (
    message: { content?: string; reasoning_content?: string; tool_calls?: object[] },
    finish = 'stop'
  ): Answer =>
  ({ json }, response) => {
    const head = { id: 'chatcmpl-1', created: 1, model: 'small-2026' }
    if (json?.stream !== true) {
      const choice = { index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }
      return sendJson(response, { ...head, object: 'chat.completion', choices: [choice], usage })
    }
    const chunk = (delta: object, finish_reason: string | null = null) => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason }]
    })
    const { content = '', tool_calls = [], ...rest } = message
    return sendChunks(response, [
      chunk({ role: 'assistant' }),
      chunk(rest),
      ...content.split(/(?= )/).map((piece) => chunk({ content: piece })),
      ...tool_calls.map((call, index) => chunk({ tool_calls: [{ index, ...call }] })),
      chunk({}, finish),
      { ...head, object: 'chat.completion.chunk', choices: [], usage }
    ])
  }
const sent = () => upstream.requests.at(-1)?.json
const answersWith = (answer: Answer) => {
  upstream.answers['chat/completions'] = answer
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const parts: T[] = []
  for await (const part of stream) parts.push(part)
  return parts
}

describe('chat', () => {
  it('answers in one piece, with counts and durations', async () => {
    answersWith(completes({ content: 'Mild and cold.', reasoning_content: 'Two cities.' }))
    const answer = await ollama.chat({ model, messages })
    expect(answer).toMatchObject({
      model,
      message: { role: 'assistant', content: 'Mild and cold.', thinking: 'Two cities.' },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 21,
      eval_count: 9
    })
    expect(answer.total_duration).toBeGreaterThan(0)
    expect(Date.parse(String(answer.created_at))).toBeGreaterThan(0)
    expect(sent()).toMatchObject({ model: 'small', messages })
  })

  it('streams words as they come, and counts in the last line', async () => {
    answersWith(completes({ content: 'Mild and cold.', reasoning_content: 'Two cities.' }, 'length'))
    const parts = await all(await ollama.chat({ model, messages, stream: true }))
    expect(parts.map(({ message }) => message.content).filter(Boolean)).toEqual(['Mild', ' and', ' cold.'])
    expect(parts.map(({ message }) => message.thinking ?? '').join('')).toBe('Two cities.')
    expect(parts.map(({ done }) => done)).toEqual([...parts.slice(1).map(() => false), true])
    expect(parts.at(-1)).toMatchObject({ done_reason: 'length', prompt_eval_count: 21, eval_count: 9 })
    expect(parts.at(-1)?.eval_duration).toBeGreaterThan(0)
  })

  it('streams unless it is told not to', async () => {
    answersWith(completes({ content: 'Hi there.' }))
    const response = await fetch(`${daemon.baseUrl}/api/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages })
    })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text()).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).message.content)).toEqual(['Hi', ' there.', ''])
  })

  const tool = (name: string): Tool => ({
    type: 'function',
    function: { name, description: 'Of a city', parameters: { type: 'object', properties: {} } }
  })
  const call = (id: string, city: string) => ({
    id,
    type: 'function',
    function: { name: 'weather', arguments: JSON.stringify({ city }) }
  })
  const called = [call('call_a', 'Paris'), call('call_b', 'Oslo')]

  it.each([false, true])('calls tools in parallel with objects as arguments (stream: %s)', async (stream) => {
    answersWith(completes({ tool_calls: called }, 'tool_calls'))
    const request = { model, messages, tools: [tool('weather')] }
    const parts = stream
      ? await all(await ollama.chat({ ...request, stream: true }))
      : [await ollama.chat({ ...request, stream: false })]
    const calls = parts.flatMap(({ message }) => message.tool_calls ?? [])
    expect(calls.map((each) => each.function.arguments)).toEqual([{ city: 'Paris' }, { city: 'Oslo' }])
    expect(sent()).toMatchObject({ tools: [{ type: 'function', function: { name: 'weather' } }] })
  })

  it('takes the results back, matched to the calls they answer', async () => {
    answersWith(completes({ tool_calls: called }, 'tool_calls'))
    const { message } = await ollama.chat({ model, messages, tools: [tool('weather')] })
    answersWith(completes({ content: 'Done.' }))
    const results = ['15 °C', '3 °C'].map((content) => ({ role: 'tool', tool_name: 'weather', content }))
    await ollama.chat({ model, messages: [...messages, message, ...results] })
    expect(sent()?.messages).toMatchObject([
      {},
      { role: 'assistant', tool_calls: [{ id: 'call_a' }, { id: 'call_b' }] },
      { role: 'tool', tool_call_id: 'call_a', content: '15 °C' },
      { role: 'tool', tool_call_id: 'call_b', content: '3 °C' }
    ])
  })

  it('sends pictures with the type that their bytes tell', async () => {
    answersWith(completes({ content: 'A cat.' }))
    await ollama.chat({ model, messages: [{ role: 'user', content: 'What is this?', images: [png] }] })
    expect(JSON.stringify(sent()?.messages)).toContain(`data:image/png;base64,${png}`)
  })

  it('asks for a JSON schema, for options and for thinking', async () => {
    answersWith(completes({ content: '{}' }))
    const schema = { type: 'object', properties: { city: { type: 'string' } } }
    await ollama.chat({
      model,
      messages,
      format: schema,
      think: 'high',
      keep_alive: '5m',
      options: { temperature: 0.2, num_predict: 64, seed: 7, stop: ['END'], num_gpu: 1 }
    })
    expect(sent()).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { schema } },
      reasoning_effort: 'high',
      temperature: 0.2,
      max_tokens: 64,
      seed: 7,
      stop: ['END']
    })
  })

  it('stops the upstream when the program stops reading', async () => {
    const before = upstream.disconnects
    answersWith((_, response) => {
      const delta = { index: 0, delta: { content: 'word ' }, finish_reason: null }
      sendChunks(response, [{ model: 'small', choices: [delta] }], false)
    })
    const stream = await ollama.chat({ model, messages, stream: true })
    await expect(async () => {
      for await (const _ of stream) stream.abort()
    }).rejects.toThrow()
    await waitUntil(() => upstream.disconnects === before + 1)
  })

  it('sees a broken-off upstream as an error in the stream', async () => {
    answersWith((_, response) => {
      const delta = { index: 0, delta: { content: 'word ' }, finish_reason: null }
      sendChunks(response, [{ model: 'small', choices: [delta] }], false)
      setImmediate(() => response.destroy())
    })
    await expect(async () => all(await ollama.chat({ model, messages, stream: true }))).rejects.toThrow(
      /broke off/
    )
  })
})

describe('generate', () => {
  it('answers a prompt with a system message, plain and streamed', async () => {
    answersWith(completes({ content: 'Rayleigh scattering.' }))
    const request = { model, system: 'Be short.', prompt: 'Why is the sky blue?', images: [png] }
    expect(await ollama.generate({ ...request, stream: false })).toMatchObject({
      model,
      response: 'Rayleigh scattering.',
      done: true,
      eval_count: 9
    })
    expect(sent()?.messages).toMatchObject([
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: [{ type: 'text', text: 'Why is the sky blue?' }, { type: 'image_url' }] }
    ])
    const parts = await all(await ollama.generate({ ...request, stream: true }))
    expect(parts.map(({ response }) => response).join('')).toBe('Rayleigh scattering.')
  })

  it('answers an empty prompt as loaded, without a call', async () => {
    const before = upstream.requests.length
    const loaded = await ollama.generate({ model, prompt: '' })
    expect(loaded).toMatchObject({ model, response: '', done: true, done_reason: 'load' })
    const unloaded = await ollama.generate({ model, prompt: '', keep_alive: 0 })
    expect(unloaded.done_reason).toBe('unload')
    expect(await ollama.chat({ model })).toMatchObject({ message: { content: '' }, done_reason: 'load' })
    expect(upstream.requests).toHaveLength(before)
    await expect(ollama.generate({ model: 'nobody', prompt: '' })).rejects.toMatchObject({ status_code: 404 })
  })
})

describe('embeddings', () => {
  const embeds: Answer = ({ json }, response) => {
    const input = json?.input as string[]
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 0.5] }))
    sendJson(response, { object: 'list', data, model: 'text-embedding-3-small', usage })
  }
  const embedder = 'up/text-embedding-3-small'

  it('embeds one text or several', async () => {
    upstream.answers.embeddings = embeds
    const answer = await ollama.embed({ model: embedder, input: ['a', 'abc'], dimensions: 2 })
    expect(answer).toMatchObject({
      embeddings: [
        [1, 0.5],
        [3, 0.5]
      ],
      prompt_eval_count: 21
    })
    expect(sent()).toMatchObject({ model: 'text-embedding-3-small', input: ['a', 'abc'], dimensions: 2 })
    expect(await ollama.embed({ model: embedder, input: 'ab' })).toMatchObject({ embeddings: [[2, 0.5]] })
    expect(await ollama.embeddings({ model: embedder, prompt: 'abcd' })).toEqual({ embedding: [4, 0.5] })
  })
})

describe('models', () => {
  it('are listed and described with what clients read', async () => {
    const { models } = await ollama.list()
    expect(models.map(({ name }) => name)).toEqual(
      expect.arrayContaining([model, 'up/tagged:8b', 'up/text-embedding-3-small'])
    )
    expect(models.find(({ name }) => name === model)).toMatchObject({
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      details: { families: ['up'] }
    })
    expect((await ollama.show({ model })).capabilities).toEqual(['completion', 'tools'])
    expect((await ollama.show({ model: 'up/text-embedding-3-small' })).capabilities).toEqual(['embedding'])
    expect(await ollama.ps()).toEqual({ models: [] })
    expect((await ollama.version()).version).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it.each(['up/small', 'up/small:latest', 'small', 'small:latest', 'up/tagged:8b', 'tagged:8b'])(
    'answer to the name %s',
    async (name) => {
      answersWith(completes({ content: 'Here.' }))
      expect((await ollama.chat({ model: name, messages })).message.content).toBe('Here.')
      expect(sent()?.model).toBe(name.includes('tagged') ? 'tagged:8b' : 'small')
    }
  )

  it('cannot be pulled, pushed, made, copied or deleted, and the error says what to do', async () => {
    const wishes = [
      () => ollama.pull({ model: 'llama3.2' }),
      () => ollama.push({ model: 'llama3.2' }),
      () => ollama.create({ model: 'x', from: 'y' }),
      () => ollama.copy({ source: 'x', destination: 'y' }),
      () => ollama.delete({ model: 'x' })
    ]
    for (const wish of wishes) {
      await expect(wish()).rejects.toMatchObject({
        status_code: 403,
        error: expect.stringContaining('homeport model pull')
      })
    }
  })
})

describe('errors', () => {
  it('have their status and their words', async () => {
    await expect(ollama.chat({ model: 'nobody/nothing', messages })).rejects.toMatchObject({
      status_code: 404
    })
    await expect(client('hp_wrong').list()).rejects.toMatchObject({
      status_code: 401,
      error: expect.stringContaining('key')
    })
    await expect(ollama.chat({ model, messages, options: { temperature: 9 } })).rejects.toMatchObject({
      status_code: 400,
      error: expect.stringContaining('temperature')
    })
    answersWith((_, response) => {
      sendJson(response, { error: { message: 'Too many requests', type: 'rate_limit' } }, 429)
    })
    await expect(ollama.chat({ model, messages })).rejects.toMatchObject({
      status_code: 429,
      error: expect.stringContaining('Too many requests')
    })
  })
})
