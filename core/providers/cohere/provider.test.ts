import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collect, sendJson } from '../../../test/support/recording-upstream.ts'
import type { ChatEvent } from '../spec/chat.ts'
import { callOf, cohereAt, sendEvents } from './cohere.test-support.ts'

const fixtures = join(import.meta.dirname, '__fixtures__')
const read = (name: string) => readFileSync(join(fixtures, name), 'utf8')
const cases = readdirSync(fixtures).flatMap((name) => (name.endsWith('.sse') ? [name.slice(0, -4)] : []))

/** What an answer comes to, in the form of `expected.json`. */
function summaryOf(events: readonly ChatEvent[]) {
  const summary: Record<string, unknown> & { text: string; reasoning: string } = { text: '', reasoning: '' }
  const toolCalls: { id: string; name: string; arguments: string }[] = []
  for (const part of events.flatMap(({ parts }) => parts)) {
    if (part.type === 'text-delta') summary.text += part.text
    else if (part.type === 'reasoning-delta') summary.reasoning += part.text
    else if (part.type === 'finish') summary.finish = part.reason
    else if (part.type === 'usage') summary.usage = part.usage
    else if (part.type === 'tool-call-start') {
      toolCalls[part.index] = { id: part.id, name: part.name, arguments: '' }
    } else if (part.type === 'tool-call-delta') {
      const call = toolCalls[part.index]
      if (call) call.arguments += part.arguments
    }
  }
  return { ...summary, ...(toolCalls.length > 0 && { toolCalls }) }
}

describe.each(cases)('the answer %s', (name) => {
  const expected = JSON.parse(read(`${name}.expected.json`))

  it('means the same in one piece and streamed, however the stream is cut', async () => {
    const plain = await cohereAt((response) => sendJson(response, read(`${name}.json`)))
    const answer = await plain.provider.chat(callOf())
    expect(summaryOf(await collect(answer.events))).toEqual(expected)
    expect(answer).toMatchObject({ wireDialect: 'cohere-chat', warnings: [] })

    const bytes = Buffer.from(read(`${name}.sse`))
    for (const size of [1, 7, 4096]) {
      const streamed = await cohereAt((response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size))
        response.end()
      })
      const { events } = await streamed.provider.chat(callOf({ stream: true }))
      expect(summaryOf(await collect(events))).toEqual(expected)
    }
  })

  it('has an error beside it that says what Cohere says', async () => {
    const error = JSON.parse(read(`${name}.error.json`))
    const { words, ...fields } = error.expected
    const { provider } = await cohereAt((response) => {
      response.writeHead(error.status, { 'content-type': 'application/json', ...error.headers })
      response.end(JSON.stringify(error.body))
    })
    await expect(provider.chat(callOf())).rejects.toMatchObject({
      ...fields,
      message: expect.stringContaining(words),
      wire: { dialect: 'cohere-chat', body: error.body }
    })
  })
})

describe('a stream', () => {
  const start = { type: 'message-start', id: 'x', delta: { message: { role: 'assistant' } } }
  const delta = (text: string) => ({
    type: 'content-delta',
    index: 0,
    delta: { message: { content: { text } } }
  })
  const toolStart = (index: number, id?: string) => ({
    type: 'tool-call-start',
    index,
    delta: {
      message: { tool_calls: { id, type: 'function', function: { name: 'weather', arguments: '{' } } }
    }
  })
  const toolDelta = (index: number, text: string) => ({
    type: 'tool-call-delta',
    index,
    delta: { message: { tool_calls: { function: { arguments: text } } } }
  })
  const end = { type: 'message-end', delta: { finish_reason: 'COMPLETE' } }
  const streamed = async (events: readonly unknown[] | string) => {
    const { provider } = await cohereAt((response) => sendEvents(response, events))
    return collect((await provider.chat(callOf({ stream: true }))).events)
  }

  it('that ends before message-end is broken off', async () => {
    await expect(streamed([start, delta('Hel')])).rejects.toMatchObject({
      code: 'upstream-failed',
      message: expect.stringContaining('broke off')
    })
  })

  it('that ends in an error throws it', async () => {
    const failed = (error: object) => [start, delta('Hel'), { type: 'message-end', delta: error }]
    await expect(streamed(failed({ finish_reason: 'ERROR', error: 'model crashed' }))).rejects.toThrow(
      'model crashed'
    )
    await expect(streamed(failed({ finish_reason: 'TIMEOUT' }))).rejects.toMatchObject({ retryable: true })
    await expect(streamed([start, { message: 'internal error' }])).rejects.toThrow('internal error')
  })

  it('may hold events that nobody knows, and a mark of OpenAI’s at its end', async () => {
    const odd = `data: {"type":"debug","prompt":"x"}\n\n: comment\n\ndata: ${JSON.stringify(delta('Hi'))}\n\n`
    const events = await streamed(`${odd}data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`)
    expect(summaryOf(events)).toMatchObject({ text: 'Hi', finish: 'stop' })
  })

  it('keeps parallel calls apart, and gives those without an id one', async () => {
    const events = await streamed([
      start,
      toolStart(3, 'a'),
      toolStart(5),
      toolDelta(3, '"x":1}'),
      toolDelta(5, '"y":2}'),
      end
    ])
    expect(summaryOf(events)).toMatchObject({
      toolCalls: [
        { id: 'a', arguments: '{"x":1}' },
        { id: expect.stringMatching(/^[0-9a-f-]{36}$/), arguments: '{"y":2}' }
      ]
    })
  })

  it('is stopped when the call is aborted', async () => {
    const { provider, disconnects } = await cohereAt((response) =>
      sendEvents(response, [start, delta('Hel')], false)
    )
    const stop = new AbortController()
    const { events } = await provider.chat(callOf({ stream: true, signal: stop.signal }))
    const reason = new Error('stopped')
    await expect(async () => {
      for await (const _ of events) stop.abort(reason)
    }).rejects.toBe(reason)
    await expect.poll(disconnects).toBe(1)
  })
})

describe('what is no answer', () => {
  it.each([
    ['a web page', 'text/html', '<h1>Sign in</h1>'],
    ['no JSON', 'application/json', 'oops'],
    ['another shape', 'application/json', '{"text":"Hi"}']
  ])('such as %s, is an upstream that failed', async (_, type, body) => {
    const { provider } = await cohereAt((response) => {
      response.writeHead(200, { 'content-type': type })
      response.end(body)
    })
    await expect(async () => collect((await provider.chat(callOf())).events)).rejects.toMatchObject({
      code: 'upstream-failed'
    })
  })

  it('refuses a key in our words', async () => {
    const { provider } = await cohereAt((response) =>
      sendJson(response, { message: 'invalid api token co-test' }, 401)
    )
    const asking = provider.chat(callOf())
    await expect(asking).rejects.toMatchObject({ status: 502, message: expect.stringContaining('refused') })
    await expect(asking).rejects.not.toThrow('co-test')
  })
})

describe('embeddings', () => {
  it('are asked for in portions that Cohere takes, and come back in order', async () => {
    const { provider, requests } = await cohereAt((response, { body }) => {
      const { texts } = JSON.parse(body)
      const float = texts.map((text: string) => [Number(text), 0.5])
      sendJson(response, { embeddings: { float }, meta: { billed_units: { input_tokens: texts.length } } })
    })
    const inputs = Array.from({ length: 200 }, (_, index) => String(index))
    const { signal } = new AbortController()
    const answer = await provider.embed?.({
      model: 'embed-v4.0',
      inputs,
      dimensions: 256,
      purpose: 'query',
      signal
    })
    expect(answer?.vectors).toEqual(inputs.map((text) => [Number(text), 0.5]))
    expect(answer?.usage?.input.total).toBe(200)
    expect(requests.map(({ body }) => JSON.parse(body).texts.length)).toEqual([96, 96, 8])
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      model: 'embed-v4.0',
      input_type: 'search_query',
      embedding_types: ['float'],
      output_dimension: 256
    })
  })

  it('that are missing are an upstream that failed', async () => {
    const { provider } = await cohereAt((response) => sendJson(response, { embeddings: { float: [[1]] } }))
    const { signal } = new AbortController()
    const asking = provider.embed?.({ model: 'embed-v4.0', inputs: ['a', 'b'], signal })
    await expect(asking).rejects.toMatchObject({ code: 'upstream-failed' })
  })
})

describe('reranking', () => {
  it('answers with the places of the documents, best first', async () => {
    const { provider, requests } = await cohereAt((response) =>
      sendJson(response, {
        results: [
          { index: 1, relevance_score: 0.1 },
          { index: 0, relevance_score: 0.9 },
          { index: 7, relevance_score: 1 }
        ],
        meta: { billed_units: { search_units: 1 } }
      })
    )
    const { signal } = new AbortController()
    const call = { model: 'rerank-v3.5', query: 'q', documents: ['a', 'b'], topN: 2, signal }
    expect(await provider.rerank?.(call)).toEqual({
      results: [
        { index: 0, score: 0.9 },
        { index: 1, score: 0.1 }
      ],
      usage: {
        input: { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
        output: { total: 0, text: 0, reasoning: 0 },
        units: { searchUnits: 1 }
      },
      warnings: []
    })
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      model: 'rerank-v3.5',
      query: 'q',
      documents: ['a', 'b'],
      top_n: 2
    })
  })
})

describe('the test of a connection', () => {
  const { signal } = new AbortController()

  it('lists models that can chat, embed or rerank', async () => {
    const { adapter, config, requests } = await cohereAt((response) =>
      sendJson(response, {
        models: [
          { name: 'command-a-03-2025', endpoints: ['generate', 'chat'], context_length: 256000 },
          { name: 'embed-v4.0', endpoints: ['embed'] },
          { name: 'rerank-v3.5', endpoints: ['rerank'] },
          { name: 'classify-old', endpoints: ['classify'] }
        ]
      })
    )
    expect(await adapter.test(config, signal)).toMatchObject({
      ok: true,
      message: 'Works. 3 models.',
      models: ['command-a-03-2025', 'embed-v4.0', 'rerank-v3.5']
    })
    expect(requests[0]).toMatchObject({ method: 'GET', headers: { authorization: 'Bearer co-test' } })
  })

  it('says why it does not work', async () => {
    const refused = await cohereAt((response) => sendJson(response, { message: 'invalid api token' }, 401))
    expect(await refused.adapter.test(refused.config, signal)).toMatchObject({ ok: false, models: [] })
    const other = await cohereAt((response) => sendJson(response, { data: [] }))
    expect((await other.adapter.test(other.config, signal)).message).toContain('not as Cohere')
  })

  it.each([
    ['https://api.cohere.com', 'https://api.cohere.com'],
    ['api.cohere.com/v2/chat', 'https://api.cohere.com'],
    ['https://api.cohere.com/v1/', 'https://api.cohere.com'],
    ['https://proxy.example/cohere/v2', 'https://proxy.example/cohere']
  ])('takes %s for %s', async (pasted, expected) => {
    const { adapter } = await cohereAt(() => {})
    expect(adapter.normalizeBaseUrl(pasted)).toBe(expected)
  })
})
