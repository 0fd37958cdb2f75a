import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import {
  ApiError,
  type Content,
  FunctionCallingConfigMode,
  type GenerateContentResponse,
  GoogleGenAI,
  Type
} from '@google/genai'
import OpenAI from 'openai'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DaemonProcess } from '../support/daemon-process.ts'
import { dialectRig } from '../support/dialect-rig.ts'
import { type Answer, type ScriptedUpstream, sendChunks, sendJson } from '../support/scripted-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

const fixtures = path.resolve(import.meta.dirname, '../../core/providers/google/__fixtures__')
const fixture = (name: string) => readFileSync(path.join(fixtures, name), 'utf8')
const upstreamKey = 'AIza-upstream'
const model = 'gemini-3-pro-preview'

/** Speaks Google's dialect. */
let gemini: ScriptedUpstream
/** Speaks OpenAI's. */
let other: ScriptedUpstream
let daemon: DaemonProcess
let secret: string
let client: GoogleGenAI

const rig = dialectRig('Google SDK', (native) => {
  native.answers['/v1beta/models?pageSize=1000'] = (_, response) =>
    sendJson(response, { models: [{ name: `models/${model}` }] })
  const baseUrl = native.baseUrl.replace(/v1$/, 'v1beta')
  return { id: 'gemini', kind: 'google', baseUrl, key: upstreamKey, pricing: 'google' }
})
beforeAll(() => {
  ;({ native: gemini, other, daemon, secret } = rig)
  client = sdk(secret)
})

const sdk = (apiKey: string) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: daemon.baseUrl } })
const ask = (provider: string, contents: Content[] | string = 'Hello') => ({
  model: provider === 'gemini' ? `gemini/${model}` : 'other/gpt',
  contents
})
/** How Google answers at one of the model's addresses. */
const answersAt = (method: string, answer: Answer) => {
  gemini.answers[`/v1beta/models/${model}:${method}`] = answer
}
const plain =
  (name: string): Answer =>
  (_, response) =>
    sendJson(response, JSON.parse(fixture(name)))
const sse = (response: ServerResponse, text: string) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(text)
}
const completes = (message: object, finish = 'stop'): Answer => {
  const usage = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 }
  return (_, response) =>
    sendJson(response, { model: 'gpt', choices: [{ index: 0, message, finish_reason: finish }], usage })
}
const lastSent = (upstream: ScriptedUpstream) => upstream.requests.at(-1)?.json
async function textOf(stream: AsyncGenerator<GenerateContentResponse>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk.text ?? ''
  return text
}
const statusOf = (asking: Promise<unknown>) =>
  asking.then(
    () => null,
    (error: unknown) => (error instanceof ApiError ? error.status : error)
  )

const weather = {
  functionDeclarations: [
    {
      name: 'get_weather',
      description: 'The weather of a city.',
      parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] }
    }
  ]
}

describe('the Google SDK pointed at Homeport', () => {
  it('lists models and finds one', async () => {
    const names: (string | undefined)[] = []
    for await (const { name } of await client.models.list()) names.push(name)
    expect(names).toEqual(expect.arrayContaining([`models/gemini/${model}`, 'models/other/gpt']))
    expect(await client.models.get({ model: 'other/gpt' })).toMatchObject({ name: 'models/other/gpt' })
  })

  it('is told 401 for a wrong key and 404 for a model that nobody serves', async () => {
    expect(await statusOf(sdk('hp_wrong').models.generateContent(ask('other')))).toBe(401)
    const unknown = client.models.generateContent({ model: 'nobody/nothing', contents: 'Hello' })
    await expect(unknown).rejects.toThrow('NOT_FOUND')
    expect(await statusOf(client.models.generateContent({ model: 'nobody/nothing', contents: 'x' }))).toBe(
      404
    )
  })
})

describe('with Gemini behind it', () => {
  it('reads an answer as Google gave it, and Google gets its own key and the client’s words', async () => {
    answersAt('generateContent', plain('thinking.json'))
    const answer = await client.models.generateContent({
      ...ask('gemini', 'How many berths?'),
      config: {
        thinkingConfig: { includeThoughts: true },
        safetySettings: [],
        systemInstruction: 'Be brief.'
      }
    })
    expect(answer.text).toBe('There are 84 berths.')
    expect(answer.usageMetadata?.thoughtsTokenCount).toBe(215)
    const [sent] = gemini.requests
    expect(sent?.headers['x-goog-api-key']).toBe(upstreamKey)
    expect(sent?.json).toMatchObject({
      contents: [{ role: 'user', parts: [{ text: 'How many berths?' }] }],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      safetySettings: [],
      generationConfig: { thinkingConfig: { includeThoughts: true } }
    })
  })

  it('streams', async () => {
    answersAt('streamGenerateContent?alt=sse', (_, response) => sse(response, fixture('text.sse')))
    const stream = await client.models.generateContentStream(ask('gemini'))
    expect(await textOf(stream)).toBe('Grüße aus dem Hafen — 42 boats.')
  })

  it('calls functions over two turns, the signatures intact', async () => {
    answersAt('streamGenerateContent?alt=sse', (_, response) => sse(response, fixture('parallel-tools.sse')))
    const chat = client.chats.create({ model: `gemini/${model}`, config: { tools: [weather] } })
    const calls = []
    for await (const chunk of await chat.sendMessageStream({ message: 'Weather?' }))
      calls.push(...(chunk.functionCalls ?? []))
    expect(calls.map(({ id }) => id)).toEqual(['o8e1ysf7', 'x2kd90aq', 'b7tq31mv'])

    answersAt('generateContent', plain('text.json'))
    const results = calls.map(({ id, name }) => ({
      functionResponse: { id: id ?? '', name: name ?? '', response: { output: 'ok' } }
    }))
    expect((await chat.sendMessage({ message: results })).text).toContain('boats')
    const parts = JSON.parse(String(gemini.requests.at(-1)?.body)).contents.flatMap(
      (content: { parts: object[] }) => content.parts
    )
    const sent = JSON.parse(fixture('parallel-tools.json')).candidates[0].content.parts
    expect(parts.filter((part: object) => 'functionCall' in part)).toEqual(sent)
    expect(parts.filter((part: object) => 'functionResponse' in part)).toEqual(results)
  })

  it('counts tokens and embeds', async () => {
    answersAt('countTokens', (_, response) => sendJson(response, { totalTokens: 31 }))
    expect((await client.models.countTokens(ask('gemini'))).totalTokens).toBe(31)
    answersAt('batchEmbedContents', ({ json }, response) => {
      const requests = Array.isArray(json?.requests) ? json.requests : []
      sendJson(response, { embeddings: requests.map((_, index) => ({ values: [index, 0.5] })) })
    })
    const { embeddings } = await client.models.embedContent({
      ...ask('gemini'),
      contents: ['a', 'b'],
      config: { outputDimensionality: 2, taskType: 'RETRIEVAL_DOCUMENT' }
    })
    expect(embeddings?.map(({ values }) => values)).toEqual([
      [0, 0.5],
      [1, 0.5]
    ])
    expect(lastSent(gemini)).toMatchObject({
      requests: [{ taskType: 'RETRIEVAL_DOCUMENT', outputDimensionality: 2 }, {}]
    })
  })

  it('gets Google’s own refusal', async () => {
    const { status, body } = JSON.parse(fixture('text.error.json'))
    answersAt('generateContent', (_, response) => sendJson(response, body, status))
    const asking = client.models.generateContent(ask('gemini'))
    await expect(asking).rejects.toMatchObject({
      status: 429,
      message: expect.stringContaining('QuotaFailure')
    })
  })

  it('sees a stream that breaks off as an error', async () => {
    const [first = ''] = fixture('text.sse').split(/(?<=\r\n\r\n)/)
    answersAt('streamGenerateContent?alt=sse', (_, response) => sse(response, first))
    const stream = await client.models.generateContentStream(ask('gemini'))
    await expect(textOf(stream)).rejects.toThrow('broke off')
  })

  it('stops Google when the client leaves', async () => {
    const [first = ''] = fixture('text.sse').split(/(?<=\r\n\r\n)/)
    answersAt('streamGenerateContent?alt=sse', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(first)
    })
    const before = gemini.disconnects
    const abort = new AbortController()
    const stream = await client.models.generateContentStream({
      ...ask('gemini'),
      config: { abortSignal: abort.signal }
    })
    await expect(async () => {
      for await (const _ of stream) abort.abort()
    }).rejects.toThrow()
    await waitUntil(() => gemini.disconnects === before + 1)
  })

  it('is Gemini for the OpenAI SDK too, whose second turn carries the calls back', async () => {
    answersAt('generateContent', plain('parallel-tools.json'))
    const openai = new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
    const question = { role: 'user' as const, content: 'Weather?' }
    const first = await openai.chat.completions.create({ model: `gemini/${model}`, messages: [question] })
    const message = first.choices[0]?.message
    expect(message?.tool_calls?.map(({ id }) => id)).toEqual(['o8e1ysf7', 'x2kd90aq', 'b7tq31mv'])

    answersAt('generateContent', plain('text.json'))
    const results = (message?.tool_calls ?? []).map(({ id }) => ({
      role: 'tool' as const,
      tool_call_id: id,
      content: 'ok'
    }))
    await openai.chat.completions.create({
      model: `gemini/${model}`,
      messages: [
        question,
        { role: 'assistant', content: null, tool_calls: message?.tool_calls ?? [] },
        ...results
      ]
    })
    const contents = lastSent(gemini)?.contents
    expect(contents).toMatchObject([
      { role: 'user' },
      { role: 'model', parts: [{ functionCall: { id: 'o8e1ysf7', args: { city: 'Paris' } } }, {}, {}] },
      { role: 'user', parts: [{ functionResponse: { id: 'o8e1ysf7', name: 'get_weather' } }, {}, {}] }
    ])
    // OpenAI's dialect has no place for it, and Gemini 3 refuses a step whose first call has none
    const [signature] = JSON.parse(fixture('parallel-tools.expected.json')).signatures
    expect(contents).toMatchObject([{}, { parts: [{ thoughtSignature: signature }, {}, {}] }, {}])
  })
})

describe('with an OpenAI-compatible server behind it', () => {
  it('gets an answer with its usage, and says what was dropped', async () => {
    other.answers['chat/completions'] = completes({
      role: 'assistant',
      content: 'Hi there',
      reasoning_content: 'hm'
    })
    const answer = await client.models.generateContent({
      ...ask('other'),
      config: {
        systemInstruction: 'Be brief.',
        maxOutputTokens: 50,
        temperature: 0.2,
        tools: [{ googleSearch: {} }]
      }
    })
    expect(answer.text).toBe('Hi there')
    expect(answer.candidates?.[0]).toMatchObject({
      finishReason: 'STOP',
      content: { parts: [{ thought: true, text: 'hm' }, { text: 'Hi there' }] }
    })
    expect(answer.usageMetadata).toMatchObject({
      promptTokenCount: 9,
      candidatesTokenCount: 4,
      totalTokenCount: 13
    })
    expect(answer.sdkHttpResponse?.headers?.['x-homeport-warning']).toContain(
      'tools.googleSearch was dropped'
    )
    expect(lastSent(other)).toMatchObject({
      model: 'gpt',
      temperature: 0.2,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' }
      ]
    })
  })

  it('streams', async () => {
    const chunk = (delta: object, finish: string | null = null) => ({
      model: 'gpt',
      choices: [{ index: 0, delta, finish_reason: finish }]
    })
    other.answers['chat/completions'] = (_, response) =>
      sendChunks(response, [chunk({ content: 'one ' }), chunk({ content: 'two' }), chunk({}, 'length')])
    const pieces: GenerateContentResponse[] = []
    for await (const piece of await client.models.generateContentStream(ask('other'))) pieces.push(piece)
    expect(pieces.map(({ text }) => text ?? '').filter(Boolean)).toEqual(['one ', 'two'])
    expect(pieces.at(-1)?.candidates?.[0]?.finishReason).toBe('MAX_TOKENS')
  })

  it('calls functions over two turns', async () => {
    const toolCalls = ['Paris', 'Oslo'].map((city, index) => ({
      id: `call_${index}x`,
      type: 'function',
      function: { name: 'get_weather', arguments: JSON.stringify({ city }) }
    }))
    other.answers['chat/completions'] = completes(
      { role: 'assistant', content: null, tool_calls: toolCalls },
      'tool_calls'
    )
    const toolConfig = { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY } }
    const chat = client.chats.create({ model: 'other/gpt', config: { tools: [weather], toolConfig } })
    const { functionCalls = [] } = await chat.sendMessage({ message: 'Weather?' })
    expect(functionCalls).toEqual([
      { id: 'call_0x', name: 'get_weather', args: { city: 'Paris' } },
      { id: 'call_1x', name: 'get_weather', args: { city: 'Oslo' } }
    ])
    expect(lastSent(other)).toMatchObject({
      tool_choice: 'required',
      tools: [{ function: { name: 'get_weather', parameters: { type: 'object', required: ['city'] } } }]
    })

    other.answers['chat/completions'] = completes({ role: 'assistant', content: 'Mild.' })
    const results = functionCalls.map(({ name, args }) => ({
      functionResponse: { name: name ?? '', response: { output: `mild in ${args?.city}` } }
    }))
    expect((await chat.sendMessage({ message: results })).text).toBe('Mild.')
    expect(lastSent(other)).toMatchObject({
      messages: [
        { role: 'user' },
        { role: 'assistant', tool_calls: toolCalls },
        { role: 'tool', tool_call_id: 'call_0x', content: 'mild in Paris' },
        { role: 'tool', tool_call_id: 'call_1x', content: 'mild in Oslo' }
      ]
    })
  })

  it('asks for the schema of an answer', async () => {
    other.answers['chat/completions'] = completes({ role: 'assistant', content: '{"city":"Oslo"}' })
    const responseSchema = { type: Type.OBJECT, properties: { city: { type: Type.STRING } } }
    await client.models.generateContent({
      ...ask('other'),
      config: { responseMimeType: 'application/json', responseSchema }
    })
    expect(lastSent(other)).toMatchObject({
      response_format: {
        type: 'json_schema',
        json_schema: { schema: { type: 'object', properties: { city: { type: 'string' } } } }
      }
    })
  })

  it('gets an estimate where nobody counts tokens, and embeddings', async () => {
    expect((await client.models.countTokens(ask('other'))).totalTokens).toBeGreaterThan(1)
    other.answers.embeddings = (_, response) =>
      sendJson(response, {
        data: [{ index: 0, embedding: [1, 2] }],
        model: 'gpt',
        usage: { prompt_tokens: 1, total_tokens: 1 }
      })
    const { embeddings } = await client.models.embedContent(ask('other'))
    expect(embeddings?.[0]?.values).toEqual([1, 2])
  })
})
