import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { collect, sendJson } from '../../../../test/support/recording-upstream.ts'
import type { ChatRequest } from '../../spec/chat.ts'
import { VendorClient } from '../openai-chat/client.ts'
import { openaiQuirks } from '../openai-chat/vendor.ts'
import { createResponsesClient } from './client.ts'
import { callOf, recordingServer, wireOf } from './recording-server.test-support.ts'

const done = { id: 'resp_1', object: 'response', status: 'completed', model: 'gpt-4.1-mini', output: [] }

async function start(answer: (response: ServerResponse) => void = (response) => sendJson(response, done)) {
  const server = await recordingServer(answer)
  const vendor = new VendorClient(server.config(), { kind: 'openai', quirks: openaiQuirks }, server.http)
  return { ...server, client: createResponsesClient(vendor) }
}

/** What a request comes to on the wire. */
async function written(asks: Partial<ChatRequest>, model = 'gpt-5-mini') {
  const { client, last } = await start()
  const { warnings } = await client.chat(callOf({ model, asks }))
  return { body: last()?.body ?? {}, warnings }
}

const sse = (...events: object[]) => events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
const streaming = (text: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(text)
}

describe('a request of the same dialect', () => {
  const body = '{ "input":"Hi",\n "model": "up/gpt-5",  "temperature":1.0, "tools":[] }'

  test('goes on byte by byte, but for the model', async () => {
    const { client, last } = await start()
    const call = callOf({ model: 'gpt-5', wire: wireOf('openai-responses', body) })
    const { wireDialect, warnings } = await client.chat(call)
    expect(last()?.text).toBe(body.replace('up/', ''))
    expect({ wireDialect, warnings }).toEqual({ wireDialect: 'openai-responses', warnings: [] })
  })
})

describe('a request that is written', () => {
  test('keeps a conversation with pictures, thoughts, calls and their results', async () => {
    const png = { kind: 'base64', mediaType: 'image/png', data: 'iVBO' } as const
    const { body, warnings } = await written({
      messages: [
        { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image', source: png },
            { type: 'document', source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBE' } },
            { type: 'document', source: { kind: 'base64', mediaType: 'text/plain', data: 'SGk=' } },
            { type: 'audio', source: { kind: 'base64', mediaType: 'audio/wav', data: 'UklG' } }
          ]
        },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hm.', signature: { vendor: 'openai', value: 'gAAA' } },
            { type: 'reasoning', text: 'Hm!', signature: { vendor: 'anthropic', value: 'c2ln' } },
            { type: 'reasoning', text: 'Hm?' },
            { type: 'text', text: 'Let me ' },
            { type: 'text', text: 'see.' },
            { type: 'tool-call', id: 'call_a', name: 'look', arguments: '{"at":1}' },
            { type: 'tool-call', id: 'call_b', name: 'look', arguments: '' }
          ]
        },
        {
          role: 'tool',
          content: [
            { type: 'tool-result', callId: 'call_b', content: [{ type: 'text', text: 'b' }], isError: false },
            {
              type: 'tool-result',
              callId: 'call_a',
              content: [{ type: 'image', source: png }],
              isError: false
            }
          ]
        }
      ]
    })
    const image = { type: 'input_image', image_url: 'data:image/png;base64,iVBO', detail: 'auto' }
    expect(body.input).toEqual([
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'Be brief.' }] },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look' },
          image,
          { type: 'input_file', filename: 'document.pdf', file_data: 'data:application/pdf;base64,JVBE' },
          { type: 'input_text', text: 'Hi' }
        ]
      },
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAA' },
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'Let me ' },
          { type: 'output_text', text: 'see.' }
        ]
      },
      { type: 'function_call', call_id: 'call_a', name: 'look', arguments: '{"at":1}' },
      { type: 'function_call', call_id: 'call_b', name: 'look', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_b', output: 'b' },
      { type: 'function_call_output', call_id: 'call_a', output: [image] }
    ])
    expect(warnings).toEqual(['message content of type audio was dropped'])
  })

  test('stays on this machine, and asks for what the model thought', async () => {
    const { body } = await written({})
    expect(body).toMatchObject({ store: false, include: ['reasoning.encrypted_content'] })
    expect((await written({}, 'gpt-4.1')).body).not.toHaveProperty('include')
  })

  test('carries tools, their choice, the format and the limit', async () => {
    const { body } = await written({
      tools: [{ name: 'look', parameters: null }],
      toolChoice: { name: 'look' },
      parallelToolCalls: false,
      output: { name: 'city', schema: { type: 'object' }, strict: true },
      maxTokens: 100,
      user: 'u1'
    })
    expect(body).toMatchObject({
      tools: [
        { type: 'function', name: 'look', parameters: { type: 'object', properties: {} }, strict: false }
      ],
      tool_choice: { type: 'function', name: 'look' },
      parallel_tool_calls: false,
      text: { format: { type: 'json_schema', name: 'city', schema: { type: 'object' }, strict: true } },
      max_output_tokens: 100,
      user: 'u1'
    })
  })

  test('names what there is no place for', async () => {
    const { warnings } = await written({
      topK: 5,
      seed: 1,
      stop: ['x'],
      frequencyPenalty: 1,
      maxTokens: 1,
      unmapped: ['logit_bias']
    })
    expect(warnings).toEqual([
      'logit_bias was dropped',
      'top_k was dropped',
      'frequency_penalty was dropped',
      'seed was dropped',
      'stop was dropped',
      'max_tokens was raised to 16, the least that OpenAI takes'
    ])
  })

  const sampled = { temperature: 0.5, topP: 0.9, logprobs: { top: 2 } }
  test.each([
    ['gpt-4.1', {}, true],
    ['gpt-5-chat-latest', {}, true],
    ['prod-chat', {}, true],
    ['gpt-5-mini', {}, false],
    ['o3', {}, false],
    ['gpt-5.1', { reasoning: { effort: 'none' } as const }, true]
  ])('asks %s %j to sample only where it can', async (model, asks, can) => {
    const { body, warnings } = await written({ ...sampled, ...asks }, model)
    expect({ temperature: body.temperature, top_p: body.top_p, top_logprobs: body.top_logprobs }).toEqual(
      can ? { temperature: 0.5, top_p: 0.9, top_logprobs: 2 } : {}
    )
    expect(warnings).toEqual(
      can ? [] : ['temperature was dropped', 'top_p was dropped', 'logprobs was dropped']
    )
  })

  test.each([
    [{ effort: 'high' }, { effort: 'high' }],
    [
      { budgetTokens: 10_240, show: true },
      { effort: 'medium', summary: 'auto' }
    ],
    [{ effort: 'none' }, { effort: 'none' }]
  ] as const)('asks for reasoning of %j as %j', async (reasoning, expected) => {
    expect((await written({ reasoning })).body.reasoning).toEqual(expected)
    const plain = await written({ reasoning }, 'gpt-4.1')
    expect(plain.body).not.toHaveProperty('reasoning')
    expect(plain.warnings).toEqual(expected.effort === 'none' ? [] : ['reasoning was dropped'])
  })
})

test('a deployment that turns out not to think is asked again without the wish, once', async () => {
  const message = 'Encrypted content is not supported with this model.'
  const { client, requests } = await start((response) =>
    requests.at(-1)?.body.include
      ? sendJson(
          response,
          { error: { message, type: 'invalid_request_error', param: 'include', code: null } },
          400
        )
      : sendJson(response, done)
  )
  await client.chat(callOf({ model: 'prod-chat' }))
  await client.chat(callOf({ model: 'prod-chat' }))
  expect(requests.map(({ body }) => body.include !== undefined)).toEqual([true, false, false])
})

describe('a stream', () => {
  const streamed = (text: string) =>
    start(streaming(text)).then(({ client }) => client.chat(callOf({ stream: true })))

  test('that ends before its end is broken off', async () => {
    const { events } = await streamed(
      sse({ type: 'response.output_text.delta', delta: 'Hi', output_index: 0 })
    )
    await expect(collect(events)).rejects.toMatchObject({ code: 'upstream-failed', message: /broke off/ })
  })

  test.each([
    ['error', { type: 'error', code: 'server_error', message: 'The model crashed.', param: null }],
    [
      'response.failed',
      {
        type: 'response.failed',
        response: { error: { code: 'server_error', message: 'The model crashed.' } }
      }
    ]
  ])('that holds %s fails in its words', async (_, event) => {
    const { events } = await streamed(sse(event))
    await expect(collect(events)).rejects.toMatchObject({
      code: 'upstream-failed',
      message: expect.stringContaining('The model crashed.'),
      wire: { body: { error: { message: 'The model crashed.', code: 'server_error' } } }
    })
  })

  test('hands on events that nobody knows, with what they were named', async () => {
    const unknown = 'event: response.dreamed\ndata: {"type":"response.dreamed"}\n\n'
    const { events } = await streamed(unknown + sse({ type: 'response.completed', response: done }))
    expect((await collect(events))[0]).toEqual({
      parts: [],
      wire: '{"type":"response.dreamed"}',
      wireEvent: 'response.dreamed'
    })
  })

  test('keeps calls apart whose pieces alternate, and takes arguments that came in no piece', async () => {
    const item = (index: number) => ({
      type: 'function_call',
      call_id: `call_${index}`,
      name: 'f',
      arguments: index === 2 ? '{"c":3}' : ''
    })
    const added = (index: number) => ({
      type: 'response.output_item.added',
      output_index: index,
      item: item(index)
    })
    const delta = (index: number, piece: string) => ({
      type: 'response.function_call_arguments.delta',
      output_index: index,
      delta: piece
    })
    const { events } = await streamed(
      sse(
        added(1),
        added(2),
        delta(1, '{"a"'),
        { type: 'response.output_item.done', output_index: 2, item: item(2) },
        delta(1, ':1}'),
        { type: 'response.completed', response: done }
      )
    )
    const parts = (await collect(events)).flatMap((event) => event.parts)
    const textOf = (index: number) =>
      parts
        .flatMap((part) => (part.type === 'tool-call-delta' && part.index === index ? part.arguments : []))
        .join('')
    expect([textOf(0), textOf(1)]).toEqual(['{"a":1}', '{"c":3}'])
    expect(parts).toContainEqual({ type: 'finish', reason: 'tool-calls' })
  })

  test('gives the input of a custom tool as JSON', async () => {
    const item = { type: 'custom_tool_call', call_id: 'call_1', name: 'apply_patch', input: '*** "x"' }
    const { events } = await streamed(
      sse(
        { type: 'response.output_item.added', output_index: 0, item: { ...item, input: '' } },
        { type: 'response.custom_tool_call_input.delta', output_index: 0, delta: '*** "x"' },
        { type: 'response.output_item.done', output_index: 0, item },
        { type: 'response.completed', response: done }
      )
    )
    expect((await collect(events)).flatMap((event) => event.parts)).toContainEqual({
      type: 'tool-call-delta',
      index: 0,
      arguments: '{"input":"*** \\"x\\""}'
    })
  })
})

describe('counting tokens', () => {
  test('asks the vendor, in either form', async () => {
    const { client, last } = await start((response) =>
      sendJson(response, { object: 'response.input_tokens', input_tokens: 42 })
    )
    expect(await client.countTokens(callOf())).toBe(42)
    expect(last()).toMatchObject({ path: '/v1/responses/input_tokens', body: { model: 'gpt-4.1-mini' } })
    expect(last()?.body).not.toHaveProperty('store')
    const wire = wireOf('openai-responses', '{"model":"up/x","input":"Hi","reasoning":{"effort":"low"}}')
    await client.countTokens(callOf({ model: 'gpt-5', wire }))
    expect(last()?.body).toEqual({ model: 'gpt-5', input: 'Hi', reasoning: { effort: 'low' } })
  })

  test('fails for an answer that is no count', async () => {
    const { client } = await start()
    await expect(client.countTokens(callOf())).rejects.toMatchObject({ code: 'upstream-failed' })
  })
})
