import { readFileSync } from 'node:fs'
import path from 'node:path'
import Anthropic, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  RateLimitError
} from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { beforeAll, describe, expect, it } from 'vitest'
import { toChatRequest } from '../../core/gateway/dialects/anthropic-messages/request.ts'
import { writeRequest } from '../../core/providers/anthropic/request-body.ts'
import type { DaemonProcess } from '../support/daemon-process.ts'
import { dialectRig } from '../support/dialect-rig.ts'
import { type Answer, type ScriptedUpstream, sendChunks, sendJson } from '../support/scripted-upstream.ts'
import { waitUntil } from '../support/wait-until.ts'

const fixtures = path.resolve(import.meta.dirname, '../../core/providers/anthropic/__fixtures__')
const fixture = (name: string) => readFileSync(path.join(fixtures, name), 'utf8')
const upstreamKey = 'sk-ant-upstream'
const model = 'claude-sonnet-4-5-20250929'

/** Speaks Anthropic's dialect. */
let claude: ScriptedUpstream
/** Speaks OpenAI's. */
let other: ScriptedUpstream
let daemon: DaemonProcess
let secret: string
let client: Anthropic

const rig = dialectRig('Anthropic SDK', (native) => {
  native.answers['models?limit=1000'] = (_, response) =>
    sendJson(response, {
      data: [{ type: 'model', id: model }],
      has_more: false,
      first_id: model,
      last_id: model
    })
  const { baseUrl } = native
  return { id: 'claude', kind: 'anthropic', baseUrl, key: upstreamKey, pricing: 'anthropic' }
})
beforeAll(() => {
  ;({ native: claude, other, daemon, secret } = rig)
  client = sdk(secret)
})

const sdk = (apiKey: string) => new Anthropic({ baseURL: daemon.baseUrl, apiKey, maxRetries: 0 })
const plain =
  (name: string): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_upstream' })
    response.end(fixture(name))
  }
const stream =
  (text: string, end = true): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(text)
    if (end) response.end()
  }
const ask = {
  model: `claude/${model}`,
  max_tokens: 2048,
  messages: [{ role: 'user' as const, content: 'Tides?' }]
}
const tools = [
  {
    name: 'get_tide',
    input_schema: { type: 'object' as const, properties: { harbour: { type: 'string' } } }
  },
  { name: 'now', input_schema: { type: 'object' as const } }
]

describe('the Anthropic SDK, over Homeport, at Anthropic', () => {
  it('gets the vendor’s answer, and the vendor its bytes, version and betas', async () => {
    claude.answers.messages = plain('cache.json')
    const body = {
      ...ask,
      system: [{ type: 'text' as const, text: 'Rules', cache_control: { type: 'ephemeral' as const } }],
      stop_sequences: ['END'],
      x_new_parameter: { z: 1, a: [1.5] }
    }
    const { data, response } = await client.messages
      .create(body, { headers: { 'anthropic-beta': 'context-1m-2025-08-07' } })
      .withResponse()
    // apart from the model, which has the name that was asked for
    expect(data).toEqual({ ...JSON.parse(fixture('cache.json')), model: body.model })
    expect(response.headers.get('request-id')).toBe('req_upstream')
    expect(response.headers.get('x-homeport-warning')).toBeNull()

    const sent = claude.requests.at(-1)
    expect(sent?.body.toString()).toBe(JSON.stringify({ ...body, model }))
    expect(sent?.headers).toMatchObject({
      'x-api-key': upstreamKey,
      // what this SDK speaks
      'anthropic-version': '2026-10-21',
      'anthropic-beta': 'context-1m-2025-08-07'
    })
  })

  it('streams, and every token is counted once, whatever the cache did with it', async () => {
    claude.answers.messages = stream(fixture('cache.sse'))
    const message = await client.messages.stream(ask).finalMessage()
    expect(message.content).toMatchObject([{ type: 'text', text: 'Read again, paid once.' }])
    expect(message.usage).toMatchObject({
      input_tokens: 21,
      cache_read_input_tokens: 188_086,
      output_tokens: 35
    })
    const trace = await waitUntil(async () => {
      const { traces } = await daemon.app('GET /app/traces')
      return traces.find(({ usage }) => usage?.input.cacheRead === 188_086)
    })
    expect(trace.usage?.input).toEqual(JSON.parse(fixture('cache.expected.json')).usage.input)
  })

  it('carries thoughts and their signatures through a conversation with tools', async () => {
    claude.answers.messages = stream(fixture('parallel-tools.sse'))
    const thinking = { type: 'enabled' as const, budget_tokens: 1024 }
    const first = await client.messages.stream({ ...ask, tools, thinking }).finalMessage()
    expect(first).toMatchObject({
      content: JSON.parse(fixture('parallel-tools.json')).content,
      stop_reason: 'tool_use'
    })
    claude.answers.messages = plain('plain.json')
    const results = first.content.flatMap((block) =>
      block.type === 'tool_use'
        ? { type: 'tool_result' as const, tool_use_id: block.id, content: 'Low at noon' }
        : []
    )
    const messages = [
      ...ask.messages,
      { role: 'assistant' as const, content: first.content },
      { role: 'user' as const, content: results }
    ]
    await client.messages.create({ ...ask, tools, thinking, messages })
    expect(claude.requests.at(-1)?.json?.messages).toEqual(JSON.parse(JSON.stringify(messages)))
  })

  it('counts tokens as the vendor does', async () => {
    claude.answers['messages/count_tokens'] = (_, response) => sendJson(response, { input_tokens: 2095 })
    const { model: id, messages } = ask
    const { data, response } = await client.messages.countTokens({ model: id, messages }).withResponse()
    expect(data.input_tokens).toBe(2095)
    expect(response.headers.get('x-homeport-warning')).toBeNull()
    expect(claude.requests.at(-1)?.json).toEqual({ model, messages })
  })

  it('stops the vendor when the program stops reading', async () => {
    const before = claude.disconnects
    const [start = ''] = fixture('plain.sse').split('event: content_block_stop')
    claude.answers.messages = stream(start, false)
    const abort = new AbortController()
    const reading = client.messages.create({ ...ask, stream: true }, { signal: abort.signal })
    try {
      for await (const event of await reading) if (event.type === 'content_block_delta') abort.abort()
    } catch (error) {
      expect(error).toBeInstanceOf(APIUserAbortError)
    }
    await waitUntil(() => claude.disconnects === before + 1)
  })

  it('sees an answer that broke off as an error', async () => {
    const [start = ''] = fixture('plain.sse').split('event: message_delta')
    claude.answers.messages = stream(start)
    await expect(client.messages.stream(ask).finalMessage()).rejects.toThrow('broke off')
  })

  it('is told what the vendor says, as the vendor says it', async () => {
    const { body } = JSON.parse(fixture('cache.error.json'))
    claude.answers.messages = (_, response) => sendJson(response, body, 429)
    const refused = client.messages.create(ask)
    await expect(refused).rejects.toBeInstanceOf(RateLimitError)
    await expect(refused).rejects.toMatchObject({ error: body })

    const overloaded = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    const [start = ''] = fixture('plain.sse').split('event: content_block_stop')
    claude.answers.messages = stream(`${start}event: error\ndata: ${JSON.stringify(overloaded)}\n\n`)
    const reading = client.messages.stream(ask).finalMessage()
    await expect(reading).rejects.toMatchObject({ type: 'overloaded_error', error: overloaded })
  })
})

describe('the Anthropic SDK, over Homeport, at a server of OpenAI’s dialect', () => {
  const elsewhere = { ...ask, model: 'other/gpt' }
  const chunk = (delta: object, finish: string | null = null, rest: object = {}) => ({
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...rest
  })
  const usage = {
    prompt_tokens: 50,
    completion_tokens: 20,
    total_tokens: 70,
    prompt_tokens_details: { cached_tokens: 30 }
  }
  const call = (index: number, id: string, name: string, json: string) => ({
    tool_calls: [{ index, id, type: 'function', function: { name, arguments: json } }]
  })

  it('gets a message made of the other’s answer', async () => {
    other.answers['chat/completions'] = (_, response) =>
      sendJson(response, {
        id: 'c1',
        object: 'chat.completion',
        created: 1,
        model: 'gpt',
        choices: [{ index: 0, message: { role: 'assistant', content: 'At noon.' }, finish_reason: 'length' }],
        usage
      })
    const { data, response } = await client.messages
      .create({ ...elsewhere, service_tier: 'standard_only', system: 'Be brief.' })
      .withResponse()
    expect(data).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: 'other/gpt',
      content: [{ type: 'text', text: 'At noon.' }],
      stop_reason: 'max_tokens',
      usage: { input_tokens: 20, cache_read_input_tokens: 30, output_tokens: 20 }
    })
    expect(response.headers.get('x-homeport-warning')).toContain('service_tier was dropped')
    expect(other.requests.at(-1)?.json?.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Tides?' }
    ])
  })

  it('runs tools over two turns', async () => {
    other.answers['chat/completions'] = (_, response) =>
      sendChunks(response, [
        chunk({ role: 'assistant', reasoning_content: 'Two ' }),
        chunk({ reasoning_content: 'calls.' }),
        chunk({ content: 'I look.' }),
        chunk(call(0, 'call_a', 'get_tide', '{"harbour":')),
        chunk({ tool_calls: [{ index: 0, function: { arguments: '"Visby"}' } }] }),
        chunk(call(1, 'call_b', 'now', '{}')),
        chunk({}, 'tool_calls'),
        { ...chunk({}), choices: [], usage }
      ])
    const first = await client.messages.stream({ ...elsewhere, tools }).finalMessage()
    expect(first.content).toMatchObject([
      { type: 'thinking', thinking: 'Two calls.', signature: '' },
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'call_a', name: 'get_tide', input: { harbour: 'Visby' } },
      { type: 'tool_use', id: 'call_b', name: 'now', input: {} }
    ])
    expect(first).toMatchObject({ stop_reason: 'tool_use', usage: { input_tokens: 20, output_tokens: 20 } })

    other.answers['chat/completions'] = (_, response) =>
      sendChunks(response, [chunk({ content: 'Low.' }), chunk({}, 'stop')])
    const second = await client.messages
      .stream({
        ...elsewhere,
        tools,
        messages: [
          ...ask.messages,
          { role: 'assistant', content: first.content },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 'call_a',
                content: [{ type: 'text', text: 'Low at noon' }]
              },
              { type: 'tool_result', tool_use_id: 'call_b', content: 'Half past ten', is_error: false },
              { type: 'text', text: 'So?' }
            ]
          }
        ]
      })
      .finalMessage()
    expect(second).toMatchObject({ content: [{ type: 'text', text: 'Low.' }], stop_reason: 'end_turn' })
    expect(other.requests.at(-1)?.json?.messages).toMatchObject([
      { role: 'user', content: 'Tides?' },
      { role: 'assistant', content: 'I look.', tool_calls: [{ id: 'call_a' }, { id: 'call_b' }] },
      { role: 'tool', tool_call_id: 'call_a', content: 'Low at noon' },
      { role: 'tool', tool_call_id: 'call_b', content: 'Half past ten' },
      { role: 'user', content: 'So?' }
    ])
  })

  it('is given an estimate of tokens, and told that it is one', async () => {
    const { model: id, messages } = elsewhere
    const { data, response } = await client.messages.countTokens({ model: id, messages }).withResponse()
    expect(data.input_tokens).toBeGreaterThan(0)
    expect(response.headers.get('x-homeport-warning')).toContain('estimate')
    expect(other.requests).toEqual([])
  })
})

describe('the OpenAI SDK, over Homeport, at Anthropic', () => {
  it('runs tools that Claude calls', async () => {
    claude.answers.messages = stream(fixture('parallel-tools.sse'))
    const openai = new OpenAI({ baseURL: `${daemon.baseUrl}/v1`, apiKey: secret, maxRetries: 0 })
    const question = {
      model: ask.model,
      messages: [{ role: 'user' as const, content: 'Tides?' }],
      tools: [{ type: 'function' as const, function: { name: 'get_tide', parameters: { type: 'object' } } }]
    }
    const answer = await openai.chat.completions
      .stream({ ...question, stream_options: { include_usage: true } })
      .finalChatCompletion()
    const message = answer.choices[0]?.message
    expect(answer.choices[0]?.finish_reason).toBe('tool_calls')
    expect(message?.content).toBe('I ask both.')
    expect(message?.tool_calls).toMatchObject(
      JSON.parse(fixture('parallel-tools.expected.json')).toolCalls.map(
        (call: { id: string; name: string; arguments: string }) => ({
          id: call.id,
          function: { name: call.name, arguments: call.arguments }
        })
      )
    )
    expect(answer.usage).toMatchObject({ prompt_tokens: 472, completion_tokens: 198 })
    expect(claude.requests.at(-1)?.json).toEqual({
      model,
      max_tokens: 32_000,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Tides?' }] }],
      tools: [{ name: 'get_tide', input_schema: { type: 'object' } }],
      stream: true
    })
  })
})

describe('the Anthropic SDK is told', () => {
  it('which models there are', async () => {
    const ids: string[] = []
    for await (const { id } of client.models.list()) ids.push(id)
    expect(ids).toEqual(expect.arrayContaining([ask.model, 'other/gpt']))
    expect(await client.models.retrieve(ask.model)).toMatchObject({ type: 'model', id: ask.model })
  })

  it('that its key is wrong', async () => {
    await expect(sdk('hp_wrong').messages.create(ask)).rejects.toBeInstanceOf(AuthenticationError)
  })

  it('that nobody serves a model', async () => {
    const asking = client.messages.create({ ...ask, model: 'nobody/nothing' })
    await expect(asking).rejects.toBeInstanceOf(NotFoundError)
    await expect(asking).rejects.toMatchObject({ type: 'not_found_error' })
  })

  it('that there is nothing at an address', async () => {
    await expect(client.messages.batches.list().then()).rejects.toBeInstanceOf(NotFoundError)
    await expect(client.beta.files.list().then()).rejects.toMatchObject({ type: 'not_found_error' })
  })

  it('what is wrong with its request', async () => {
    const asking = client.messages.create({ ...ask, max_tokens: -1 })
    await expect(asking).rejects.toBeInstanceOf(BadRequestError)
    const error = await asking.catch((thrown: unknown) => thrown)
    expect(error instanceof APIError && error.type).toBe('invalid_request_error')
  })
})

describe('a conversation that is taken apart and written anew', () => {
  const cache_control = { type: 'ephemeral', ttl: '1h' }
  const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA==' } }
  const body = {
    model,
    max_tokens: 9000,
    system: [
      { type: 'text', text: 'You keep the harbour.' },
      { type: 'text', text: 'Long rules', cache_control }
    ],
    messages: [
      {
        role: 'user',
        content: [
          picture,
          { type: 'document', source: { type: 'url', url: 'https://x.test/a.pdf' }, title: 'Plan' },
          { type: 'text', text: 'Tides?', cache_control: { type: 'ephemeral' } }
        ]
      },
      { role: 'assistant', content: JSON.parse(fixture('parallel-tools.json')).content },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'toolu_01A09q90qw90lq917835lq9',
            content: [{ type: 'text', text: 'Low' }, picture]
          },
          { type: 'tool_result', tool_use_id: 'toolu_01T1x1fJ34qAmk2tNTrN7Up6', is_error: true },
          {
            type: 'tool_result',
            tool_use_id: 'toolu_01NRLabsLyVHZPKxbKvkfSMn',
            content: [{ type: 'text', text: '10:30' }],
            cache_control
          },
          { type: 'text', text: 'Now?' }
        ]
      },
      { role: 'assistant', content: JSON.parse(fixture('redacted-thinking.json')).content },
      { role: 'user', content: [{ type: 'text', text: 'Sure?' }] }
    ],
    tools: [
      { name: 'get_tide', description: 'Tides', input_schema: { type: 'object' }, cache_control },
      { name: 'now', input_schema: { type: 'object', properties: {} } }
    ],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    thinking: { type: 'enabled', budget_tokens: 2048 },
    stop_sequences: ['END'],
    metadata: { user_id: 'u1' }
  }

  it('keeps every block, thought, signature, breakpoint and parameter, in their order', () => {
    const { bytes, warnings } = writeRequest({
      model,
      stream: false,
      request: () => toChatRequest(body),
      wire: null,
      signal: new AbortController().signal
    })
    expect(JSON.parse(bytes.toString())).toEqual(body)
    expect(warnings).toEqual([])
  })
})
