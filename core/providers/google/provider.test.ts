import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { collect, sendJson, sendStream } from '../../../test/support/recording-upstream.ts'
import { callOf, googleAt, partsOf, simpleRequest, wireCall } from './google.test-support.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '__fixtures__', name), 'utf8')

describe('chat', () => {
  it('hands the client’s bytes on as they are, the key in its header and the model in the address', async () => {
    const { provider, requests } = await googleAt((response) => sendStream(response, fixture('text.sse')))
    const body =
      ' {"contents" : [{"parts":[{"text":"\\u00e9"}]}],"safetySettings":[], "generationConfig":{"temperature":1.0}}\n'
    const answer = await provider.chat(wireCall(body))
    await collect(answer.events)
    expect(requests).toMatchObject([
      { method: 'POST', url: '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse', body }
    ])
    expect(requests[0]?.headers['x-goog-api-key']).toBe('AIza-test')
    expect(answer).toMatchObject({ wireDialect: 'google-generate', warnings: [] })
  })

  it('sets a model’s name that stands in the body too', async () => {
    const { provider, requests } = await googleAt((response) => sendJson(response, fixture('text.json')))
    await provider.chat(wireCall('{"model":"models/fast", "contents":[]}', { stream: false }))
    expect(requests[0]?.body).toBe('{"model":"models/gemini-2.5-flash", "contents":[]}')
    expect(requests[0]?.url).toBe('/v1beta/models/gemini-2.5-flash:generateContent')
  })

  it('lets no model’s name lead to another address', async () => {
    const { provider, requests } = await googleAt((response) => sendJson(response, fixture('text.json')))
    await expect(provider.chat(callOf({ model: '../../v1/secrets' }))).rejects.toMatchObject({
      code: 'bad-request'
    })
    await provider.chat(callOf({ model: 'a?key=b#c', stream: false }))
    expect(requests.map(({ url }) => url)).toEqual(['/v1beta/models/a%3Fkey%3Db%23c:generateContent'])
  })

  it('hands on every event as it came, and reads signatures, thoughts and parallel calls', async () => {
    const { provider } = await googleAt((response) => sendStream(response, fixture('parallel-tools.sse')))
    const events = await collect((await provider.chat(callOf())).events)
    expect(events.map(({ wire }) => `data: ${wire}\r\n\r\n`).join('')).toBe(fixture('parallel-tools.sse'))
    expect(partsOf(events).filter(({ type }) => type.startsWith('tool-call'))).toEqual([
      {
        type: 'tool-call-start',
        index: 0,
        id: 'o8e1ysf7',
        name: 'get_weather',
        signature: { vendor: 'google', value: expect.stringMatching(/^EqQC/) }
      },
      { type: 'tool-call-delta', index: 0, arguments: '{"city":"Paris","days":3}' },
      { type: 'tool-call-start', index: 1, id: 'x2kd90aq', name: 'get_weather' },
      { type: 'tool-call-delta', index: 1, arguments: '{"city":"京都"}' },
      { type: 'tool-call-start', index: 2, id: 'b7tq31mv', name: 'list_boats' },
      { type: 'tool-call-delta', index: 2, arguments: '{}' }
    ])
  })

  it('makes ids for calls that have none, each its own', async () => {
    const part = { functionCall: { name: 'f', args: {} } }
    const { provider } = await googleAt((response) =>
      sendJson(response, { candidates: [{ content: { parts: [part, part] }, finishReason: 'STOP' }] })
    )
    const parts = partsOf(await collect((await provider.chat(callOf({ stream: false }))).events))
    const ids = parts.flatMap((read) => (read.type === 'tool-call-start' ? [read.id] : []))
    expect(new Set(ids).size).toBe(2)
    expect(ids.every((id) => id.length > 0)).toBe(true)
  })

  it('keeps the signature of a text apart from the thoughts that are shown', async () => {
    const { provider } = await googleAt((response) => sendStream(response, fixture('thinking.sse')))
    const parts = partsOf(await collect((await provider.chat(callOf())).events))
    const last = parts.findLastIndex(({ type }) => type === 'text-delta')
    expect(parts.slice(last + 1)).toContainEqual(
      expect.objectContaining({ type: 'reasoning-signature', redacted: true })
    )
  })

  it('reads pictures and the probabilities of tokens', async () => {
    const { provider } = await googleAt((response) =>
      sendJson(response, {
        candidates: [
          {
            content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'iVBORw0=' } }] },
            finishReason: 'STOP',
            logprobsResult: {
              topCandidates: [
                {
                  candidates: [
                    { token: 'Hi', tokenId: 1, logProbability: -0.1 },
                    { token: 'Ho', logProbability: -3 }
                  ]
                }
              ],
              chosenCandidates: [{ token: 'Hi', tokenId: 1, logProbability: -0.1 }]
            }
          }
        ]
      })
    )
    expect(partsOf(await collect((await provider.chat(callOf({ stream: false }))).events))).toEqual([
      { type: 'media', mediaType: 'image/png', data: 'iVBORw0=' },
      {
        type: 'logprobs',
        tokens: [
          {
            token: 'Hi',
            logprob: -0.1,
            bytes: null,
            top: [
              { token: 'Hi', logprob: -0.1, bytes: null },
              { token: 'Ho', logprob: -3, bytes: null }
            ]
          }
        ]
      },
      { type: 'finish', reason: 'stop' }
    ])
  })

  it.each([
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['SOMETHING_NEW', 'other']
  ])('takes %s for %s', async (finishReason, reason) => {
    const { provider } = await googleAt((response) => sendJson(response, { candidates: [{ finishReason }] }))
    const parts = partsOf(await collect((await provider.chat(callOf({ stream: false }))).events))
    expect(parts).toContainEqual({ type: 'finish', reason })
  })

  it('takes FUNCTION_CALL, as imitations of Google have it, for calls', async () => {
    const content = { parts: [{ functionCall: { name: 'f' } }] }
    const { provider } = await googleAt((response) =>
      sendJson(response, { candidates: [{ content, finishReason: 'FUNCTION_CALL' }] })
    )
    const parts = partsOf(await collect((await provider.chat(callOf({ stream: false }))).events))
    expect(parts.at(-1)).toEqual({ type: 'finish', reason: 'tool-calls' })
  })

  it('says what a translation left out', async () => {
    const { provider, requests } = await googleAt((response) => sendStream(response, fixture('text.sse')))
    const request = { ...simpleRequest, minP: 0.1, user: 'u', unmapped: ['logit_bias'] }
    const answer = await provider.chat(callOf({ request: () => request }))
    expect(answer.warnings).toEqual(['logit_bias was dropped', 'min_p was dropped', 'user was dropped'])
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      generationConfig: {}
    })
  })

  it('stops the upstream when its signal fires', async () => {
    const closed = Promise.withResolvers<void>()
    const { provider } = await googleAt((response) => {
      response.on('close', () => closed.resolve())
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: {"candidates":[{"content":{"parts":[{"text":"a"}]}}]}\r\n\r\n')
    })
    const abort = new AbortController()
    const reason = new Error('enough')
    const { events } = await provider.chat(callOf({ signal: abort.signal }))
    await expect(async () => {
      for await (const _ of events) abort.abort(reason)
    }).rejects.toBe(reason)
    await closed.promise
  })
})

describe('an answer that fails', () => {
  const chunk = 'data: {"candidates":[{"content":{"parts":[{"text":"a"}]}}]}\r\n\r\n'

  it.each([
    ['ends without a reason', chunk],
    ['ends inside an event', `${chunk}data: {"candidates":[{"con`],
    ['holds no JSON', `${chunk}data: oops\r\n\r\n`],
    ['holds nothing', '']
  ])('is broken off when the stream %s', async (_, body) => {
    const { provider } = await googleAt((response) => sendStream(response, body))
    const { events } = await provider.chat(callOf())
    await expect(collect(events)).rejects.toMatchObject({
      code: 'upstream-failed',
      message: expect.stringContaining('broke off')
    })
  })

  it('carries Google’s own words when they come in the stream', async () => {
    const error = { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' }
    const { provider } = await googleAt((response) =>
      sendStream(response, `${chunk}data: ${JSON.stringify({ error })}\r\n\r\n`)
    )
    const { events } = await provider.chat(callOf())
    await expect(collect(events)).rejects.toMatchObject({
      code: 'upstream-failed',
      message: expect.stringContaining('overloaded'),
      wire: { dialect: 'google-generate', body: { error } }
    })
  })

  it('says when a call may be tried again, from RetryInfo', async () => {
    const { status, body } = JSON.parse(fixture('text.error.json'))
    const { provider } = await googleAt((response) => sendJson(response, body, status))
    await expect(provider.chat(callOf())).rejects.toMatchObject({
      code: 'rate-limited',
      retryable: true,
      retryAfterSeconds: 35,
      wire: { dialect: 'google-generate', body }
    })
  })

  it('is quoted only where it has Google’s shape', async () => {
    const { provider } = await googleAt((response) =>
      sendJson(response, { error: { message: 'A proxy says no', type: 'x' } }, 404)
    )
    const thrown = await provider.chat(callOf()).catch((failure: unknown) => failure)
    expect(thrown).toMatchObject({ code: 'not-found', message: expect.stringContaining('A proxy says no') })
    expect(thrown).not.toMatchObject({ wire: { dialect: 'google-generate' } })
  })

  it('reads the list in which Google sends the error of a stream', async () => {
    const error = { code: 404, message: 'models/x is not found', status: 'NOT_FOUND' }
    const { provider } = await googleAt((response) => sendJson(response, [{ error }], 404))
    await expect(provider.chat(callOf())).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('models/x is not found'),
      wire: { body: { error } }
    })
  })

  it('is never the client’s fault when the provider’s key is wrong', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]
    const error = { code: 400, message: 'API key not valid: AIza-test', status: 'INVALID_ARGUMENT', details }
    const { provider } = await googleAt((response) => sendJson(response, { error }, 400))
    await expect(provider.chat(callOf())).rejects.toMatchObject({
      code: 'upstream-failed',
      status: 502,
      wire: null,
      message: expect.stringContaining('refused the provider')
    })
  })

  it('never repeats the key, wherever Google echoes it', async () => {
    const error = {
      code: 400,
      message: 'Bad AIza-test',
      status: 'INVALID_ARGUMENT',
      details: [{ q: 'AIza-test' }]
    }
    const { provider } = await googleAt((response) => sendJson(response, { error }, 400))
    const thrown = await provider.chat(callOf()).catch((failure: unknown) => failure)
    expect(JSON.stringify(thrown)).not.toContain('AIza-test')
    expect(String(thrown)).not.toContain('AIza-test')
    expect(thrown).toMatchObject({ wire: { body: { error: { details: [{ q: '[key]' }] } } } })
  })

  it.each([
    ['text/html', '<h1>Sign in</h1>', 'a web page'],
    ['application/json', '{"candidates":[]}', 'in one piece'],
    ['application/json', '[{"error":{"message":"No credit"}}]', 'No credit']
  ])('explains %s %s', async (type, body, words) => {
    const { provider } = await googleAt((response) => {
      response.writeHead(200, { 'content-type': type })
      response.end(body)
    })
    await expect(provider.chat(callOf())).rejects.toThrow(words)
  })

  it.each(['', '[]', '{}', 'null', 'oops', '{"candidates":5}'])(
    'explains a plain answer of %j',
    async (body) => {
      const { provider } = await googleAt((response) => sendJson(response, body))
      const { events } = await provider.chat(callOf({ stream: false }))
      await expect(collect(events)).rejects.toThrow('no answer of Gemini')
    }
  )
})

describe('countTokens', () => {
  const counting = () =>
    googleAt((response) => sendJson(response, { totalTokens: 31, totalBillableCharacters: 9 }))

  it('counts instructions and tools with the rest', async () => {
    const { provider, requests } = await counting()
    const request = {
      ...simpleRequest,
      messages: [
        { role: 'system' as const, content: [{ type: 'text' as const, text: 'Be brief.' }] },
        ...simpleRequest.messages
      ]
    }
    expect(await provider.countTokens?.(callOf({ request: () => request }))).toBe(31)
    expect(requests[0]?.url).toBe('/v1beta/models/gemini-2.5-flash:countTokens')
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      generateContentRequest: {
        model: 'models/gemini-2.5-flash',
        systemInstruction: { parts: [{ text: 'Be brief.' }] },
        contents: [{ role: 'user', parts: [{ text: 'Hi' }] }]
      }
    })
  })

  it.each([
    '{"contents":[{"parts":[{"text":"x"}]}]}',
    '{"generateContentRequest":{"model":"models/fast","contents":[{"parts":[{"text":"x"}]}]}}'
  ])('asks what a client of Google’s dialect asks in %s', async (body) => {
    const { provider, requests } = await counting()
    expect(await provider.countTokens?.(wireCall(body))).toBe(31)
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      generateContentRequest: { contents: [{ parts: [{ text: 'x' }] }], model: 'models/gemini-2.5-flash' }
    })
  })
})

describe('embed', () => {
  const call = { model: 'gemini-embedding-001', signal: new AbortController().signal }

  it('embeds in batches that Google takes, and keeps the order', async () => {
    const { provider, requests } = await googleAt((response, { body }) => {
      const texts: string[] = JSON.parse(body).requests.map(
        (one: { content: { parts: [{ text: string }] } }) => one.content.parts[0].text
      )
      sendJson(response, { embeddings: texts.map((text) => ({ values: [Number(text), 1] })) })
    })
    const inputs = Array.from({ length: 205 }, (_, index) => String(index))
    const answer = await provider.embed?.({ ...call, inputs, dimensions: 2, purpose: 'query' })
    expect(answer?.vectors.map(([first]) => first)).toEqual(inputs.map(Number))
    expect(requests.map(({ body }) => JSON.parse(body).requests.length)).toEqual([100, 100, 5])
    expect(JSON.parse(requests[0]?.body ?? '').requests[0]).toEqual({
      model: 'models/gemini-embedding-001',
      content: { parts: [{ text: '0' }] },
      taskType: 'RETRIEVAL_QUERY',
      outputDimensionality: 2
    })
  })

  it('throws rather than answer with fewer vectors than texts', async () => {
    const { provider } = await googleAt((response) => sendJson(response, { embeddings: [{ values: [1] }] }))
    await expect(provider.embed?.({ ...call, inputs: ['a', 'b'] })).rejects.toMatchObject({
      code: 'upstream-failed'
    })
  })
})

describe('test', () => {
  const signal = new AbortController().signal

  it('lists the models that can chat or embed, page after page', async () => {
    const { adapter, config, requests } = await googleAt((response, { url }) => {
      const isSecond = url.includes('pageToken=more')
      const chat = {
        name: 'models/gemini-2.5-flash',
        supportedGenerationMethods: ['generateContent', 'countTokens']
      }
      const others = [
        { name: 'models/gemini-embedding-001', supportedGenerationMethods: ['embedContent'] },
        { name: 'models/veo-3.0', supportedGenerationMethods: ['predictLongRunning'] }
      ]
      sendJson(response, isSecond ? { models: others } : { models: [chat], nextPageToken: 'more' })
    })
    expect(await adapter.test(config, signal)).toMatchObject({
      ok: true,
      message: 'Works. 2 models.',
      models: ['gemini-2.5-flash', 'gemini-embedding-001']
    })
    expect(requests.map(({ url }) => url)).toEqual([
      '/v1beta/models?pageSize=1000',
      '/v1beta/models?pageSize=1000&pageToken=more'
    ])
    expect(requests[0]?.headers['x-goog-api-key']).toBe('AIza-test')
  })

  it('explains a server that is none of Google’s', async () => {
    const { adapter, config } = await googleAt((response) => sendJson(response, { data: [] }))
    expect(await adapter.test(config, signal)).toMatchObject({
      ok: false,
      message: expect.stringContaining("not as Google's Gemini API")
    })
  })
})

describe('normalizeBaseUrl', () => {
  it.each([
    ['generativelanguage.googleapis.com', 'https://generativelanguage.googleapis.com/v1beta'],
    [
      'https://generativelanguage.googleapis.com/v1/models',
      'https://generativelanguage.googleapis.com/v1beta'
    ],
    ['https://proxy.example.com/gemini/v1beta/', 'https://proxy.example.com/gemini/v1beta']
  ])('tidies %s', async (pasted, tidy) => {
    const { adapter } = await googleAt(() => {})
    expect(adapter.normalizeBaseUrl(pasted)).toBe(tidy)
  })
})
