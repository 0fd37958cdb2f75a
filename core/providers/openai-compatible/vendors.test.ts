import { describe, expect, it, onTestFinished } from 'vitest'
import { recordingUpstream, sendJson } from '../../../test/support/recording-upstream.ts'
import { createUpstreamHttp } from '../shared/http.ts'
import type { ChatCall, ChatRequest } from '../spec/chat.ts'
import type { ContentPart } from '../spec/prompt.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { adapters, createAdapter } from './adapter.ts'
import { quirksOfHost, vendors } from './vendor-list.ts'

const completion = {
  choices: [{ index: 0, message: { content: 'ok' }, finish_reason: 'stop' }],
  data: []
}

async function startUpstream() {
  const { origin, requests: sent } = await recordingUpstream((response) => sendJson(response, completion))
  return { baseUrl: `${origin}/v1`, sent }
}

function vendor(kind: string) {
  const row = vendors.find((each) => each.kind === kind)
  if (!row) throw new Error(`no vendor ${kind}`)
  const http = createUpstreamHttp()
  onTestFinished(() => http.close())
  return createAdapter(row, http)
}

/** What a vendor is sent for a call: of a request in no dialect, or of a client's own body. */
async function sentTo(
  kind: string,
  {
    request,
    wire,
    options = {}
  }: { request?: Partial<ChatRequest>; wire?: object; options?: Record<string, string> }
) {
  const { baseUrl, sent } = await startUpstream()
  const adapter = vendor(kind)
  const json = { model: 'p/m', messages: [{ role: 'user', content: 'Hi' }], ...wire }
  const call: ChatCall = {
    model: 'm',
    stream: false,
    request: () => ({ messages: [user(say('Hi'))], output: 'text', unmapped: [], ...request }),
    wire: wire
      ? { dialect: 'openai-chat', body: Buffer.from(JSON.stringify(json)), json, headers: {} }
      : null,
    signal: new AbortController().signal
  }
  const key = async () => 'sk-x'
  const config: ProviderConfig = { id: 'p', name: 'P', baseUrl, models: [], pricing: 'unknown', options, key }
  const { warnings } = await adapter.create(config).chat(call)
  const [first] = sent
  if (!first) throw new Error('nothing was sent')
  return { ...first, body: JSON.parse(first.body), warnings }
}

const say = (value: string): ContentPart => ({ type: 'text', text: value })
const user = (...content: ContentPart[]) => ({ role: 'user' as const, content })
const toolCall: ContentPart = { type: 'tool-call', id: 'call_1', name: 'look', arguments: '{}' }
const toolTurn: ChatRequest['messages'] = [
  user(say('Hi')),
  { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm.' }, toolCall] },
  { role: 'tool', content: [{ type: 'tool-result', callId: 'call_1', content: [say('1')], isError: false }] }
]
const tools = [{ name: 'look', parameters: { type: 'object' }, strict: true }]
const png: ContentPart = { type: 'image', source: { kind: 'url', url: 'https://x.test/a.png' } }
const schema = { name: 'x', schema: { type: 'object' } }

describe('every vendor', () => {
  it('has a kind of its own, and an address unless the person must say it', () => {
    expect(new Set(adapters.map(({ kind }) => kind)).size).toBe(adapters.length)
    expect(adapters.filter(({ defaultBaseUrl }) => defaultBaseUrl === null).map(({ kind }) => kind)).toEqual([
      'openai-compatible'
    ])
  })

  it.each(vendors.filter(({ defaultBaseUrl }) => defaultBaseUrl !== null))(
    'answers at the address it documents, however that is pasted: $kind',
    ({ kind, defaultBaseUrl }) => {
      const url = defaultBaseUrl ?? ''
      for (const pasted of [url, `${url}/`, `${url}/chat/completions`]) {
        expect(vendor(kind).normalizeBaseUrl(pasted)).toBe(url)
      }
    }
  )

  it.each(vendors)('is sent the key, the question, and no word about who asks: $kind', async ({ kind }) => {
    const { url, headers, body, warnings } = await sentTo(kind, {})
    expect(url).toBe('/v1/chat/completions')
    expect(headers.authorization).toBe('Bearer sk-x')
    expect(Object.keys(headers).sort()).toEqual(
      [
        'accept',
        'accept-encoding',
        'authorization',
        'connection',
        'content-length',
        'content-type',
        'host',
        'user-agent'
      ].filter((name) => name in headers)
    )
    expect(body).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] })
    expect(warnings).toEqual([])
  })

  it.each(vendors)(
    'gets a client’s own body as it is where nothing in it would be refused: $kind',
    async ({ kind }) => {
      const wire = { temperature: 0, x_vendor: { z: 1 }, safe_prompt: true }
      const { body } = await sentTo(kind, { wire })
      expect(Object.keys(body)).toEqual(['model', 'messages', 'temperature', 'x_vendor', 'safe_prompt'])
    }
  )
})

describe('how much may be said is called', () => {
  it.each([
    ['max_completion_tokens', ['groq', 'cerebras', 'xai']],
    [
      'max_tokens',
      ['mistral', 'deepseek', 'openrouter', 'together', 'zai', 'qwen', 'ollama', 'openai-compatible']
    ]
  ])('%s', async (name, kinds) => {
    for (const kind of kinds) {
      const { body } = await sentTo(kind, { request: { maxTokens: 5 } })
      expect(body, kind).toHaveProperty(name, 5)
    }
  })
})

describe('thinking is asked for', () => {
  it.each<[string, ChatRequest['reasoning'], object]>([
    ['openai-compatible', { budgetTokens: 5000 }, { reasoning_effort: 'low' }],
    ['groq', { effort: 'minimal' }, { reasoning_effort: 'low' }],
    ['mistral', { effort: 'medium' }, { reasoning_effort: 'high' }],
    ['deepseek', { effort: 'xhigh' }, { thinking: { type: 'enabled' }, reasoning_effort: 'max' }],
    ['deepseek', { effort: 'none' }, { thinking: { type: 'disabled' } }],
    ['zai', { effort: 'low' }, { thinking: { type: 'enabled' } }],
    ['moonshot', { effort: 'none' }, { thinking: { type: 'disabled' } }],
    ['qwen', { effort: 'high' }, { enable_thinking: true, thinking_budget: 24_576 }],
    ['qwen', { effort: 'none' }, { enable_thinking: false }],
    ['openrouter', { budgetTokens: 2000, show: false }, { reasoning: { max_tokens: 2000, exclude: true } }],
    ['openrouter', { effort: 'high' }, { reasoning: { effort: 'high' } }],
    ['vllm', { effort: 'none' }, { chat_template_kwargs: { enable_thinking: false } }],
    [
      'llama-cpp',
      { effort: 'low' },
      { chat_template_kwargs: { enable_thinking: true, reasoning_effort: 'low' } }
    ]
  ])('of %s: %j', async (kind, reasoning, expected) => {
    const { body } = await sentTo(kind, { request: { ...(reasoning && { reasoning }) } })
    const { model, messages, ...rest } = body
    expect(rest).toEqual(expected)
  })
})

describe('what was thought before a tool call', () => {
  it.each<[string, object]>([
    ['openai-compatible', {}],
    ['groq', {}],
    ['mistral', {}],
    ['deepseek', { reasoning_content: 'Hm.' }],
    ['moonshot', { reasoning_content: 'Hm.' }],
    ['zai', { reasoning_content: 'Hm.' }],
    ['openrouter', { reasoning_details: [{ type: 'reasoning.text', text: 'Hm.', index: 0 }] }],
    ['litellm', { reasoning_content: 'Hm.' }]
  ])('is given back to %s as %j', async (kind, expected) => {
    const { body } = await sentTo(kind, { request: { messages: toolTurn } })
    const { role, content, tool_calls, ...rest } = body.messages[1]
    expect(rest).toEqual(expected)
  })

  it.each(['deepseek', 'moonshot'])('is empty for %s where a client did not keep it', async (kind) => {
    const call = { id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } }
    const messages = [{ role: 'assistant', content: null, tool_calls: [call] }]
    const { body } = await sentTo(kind, { wire: { messages } })
    expect(body.messages).toEqual([{ ...messages[0], reasoning_content: '' }])
  })
})

it('LiteLLM is given back what Anthropic signed', async () => {
  const signature = { vendor: 'anthropic', value: 's' } as const
  const thoughts: ContentPart[] = [
    { type: 'reasoning', text: 'Hm.', signature },
    { type: 'reasoning', text: '', signature, redacted: true }
  ]
  const { body } = await sentTo('litellm', {
    request: { messages: [{ role: 'assistant', content: thoughts }] }
  })
  expect(body.messages[0].thinking_blocks).toEqual([
    { type: 'thinking', thinking: 'Hm.', signature: 's' },
    { type: 'redacted_thinking', data: 's' }
  ])
})

describe('Mistral', () => {
  it('is asked in its own words, whoever wrote the request', async () => {
    const wire = {
      max_completion_tokens: 9,
      seed: 7,
      stream_options: { include_usage: true },
      user: 'u',
      top_k: 3
    }
    const { body, warnings } = await sentTo('mistral', { wire })
    expect(Object.keys(body)).toEqual(['model', 'messages', 'max_tokens', 'random_seed'])
    expect(warnings).toEqual(['user was dropped', 'top_k was dropped'])
  })

  it('gets ids of nine characters, and its turns in order', async () => {
    const { body } = await sentTo('mistral', { request: { messages: [...toolTurn, user(say('And?'))] } })
    const [, calling, result, bridge, next] = body.messages
    expect(calling.tool_calls[0].id).toMatch(/^[a-zA-Z0-9]{9}$/)
    expect(result.tool_call_id).toBe(calling.tool_calls[0].id)
    expect([calling.content, bridge.role, next.content]).toEqual(['', 'assistant', 'And?'])
  })

  it('goes on with what the assistant began', async () => {
    const messages: ChatRequest['messages'] = [user(say('Hi')), { role: 'assistant', content: [say('{')] }]
    const { body } = await sentTo('mistral', { request: { messages } })
    expect(body.messages[1]).toEqual({ role: 'assistant', content: '{', prefix: true })
  })
})

it.each(['deepseek', 'zai'])('%s is told a schema in words', async (kind) => {
  const { body, warnings } = await sentTo(kind, { request: { output: schema } })
  expect(body.response_format).toEqual({ type: 'json_object' })
  expect(body.messages[0].content).toContain('{"type":"object"}')
  expect(warnings).toHaveLength(1)
})

it.each(['lmstudio', 'perplexity'])('%s is asked for any JSON by a schema', async (kind) => {
  const { body } = await sentTo(kind, { request: { output: 'json' } })
  expect(body.response_format.type).toBe('json_schema')
})

it.each([
  ['lmstudio', 'required'],
  ['moonshot', 'auto'],
  ['zai', 'auto'],
  ['groq', { type: 'function', function: { name: 'look' } }]
])('%s is told to call a tool by %j', async (kind, expected) => {
  const { body } = await sentTo(kind, { request: { tools, toolChoice: { name: 'look' } } })
  expect(body.tool_choice).toEqual(expected)
})

it.each([
  ['zai', undefined],
  ['moonshot', undefined],
  ['openai-compatible', true]
])('strictness of a tool for %s: %s', async (kind, strict) => {
  const { body } = await sentTo(kind, { request: { tools } })
  expect(body.tools[0].function.strict).toBe(strict)
})

it('Perplexity gets no tools, and its roles in turns', async () => {
  const messages: ChatRequest['messages'] = [
    user(say('a')),
    user(say('b')),
    { role: 'system', content: [say('Be brief.')] }
  ]
  const { body, warnings } = await sentTo('perplexity', { request: { messages, tools } })
  expect(body.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'a\n\nb' }
  ])
  expect(warnings).toEqual(['tools was dropped'])
})

it('Groq is spared the names and the echoes that it refuses', async () => {
  const echo = { role: 'assistant', content: 'x', refusal: null, annotations: [] }
  const messages = [{ role: 'user', name: 'Ann', content: 'Hi' }, echo]
  const { body, warnings } = await sentTo('groq', { wire: { messages, logprobs: true } })
  expect(body).toEqual({
    model: 'm',
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'x' }
    ]
  })
  expect(warnings).toEqual(['messages.name was dropped', 'logprobs was dropped'])
})

it.each(['moonshot', 'ollama', 'lmstudio'])('%s is told of a picture that it cannot fetch', async (kind) => {
  const { warnings } = await sentTo(kind, { request: { messages: [user(say('Look'), png)] } })
  expect(warnings).toEqual(['an image_url was dropped'])
})

it('a client’s partial message reaches Moonshot', async () => {
  const messages = [{ role: 'assistant', content: '{', partial: true, name: 'Kim' }]
  expect((await sentTo('moonshot', { wire: { messages } })).body.messages).toEqual(messages)
})

it('OpenRouter gets breakpoints of the cache', async () => {
  const messages = [user({ type: 'text', text: 'Long.', cache: '5m' })]
  const { body } = await sentTo('openrouter', { request: { messages } })
  expect(body.messages[0].content[0].cache_control).toEqual({ type: 'ephemeral' })
})

describe('headers of the person’s own', () => {
  it('are sent beside the key', async () => {
    const { headers } = await sentTo('openai-compatible', {
      options: { headers: 'X-Team: research\n\nx-env: a: b' }
    })
    expect(headers).toMatchObject({ authorization: 'Bearer sk-x', 'x-team': 'research', 'x-env': 'a: b' })
  })

  it('may say where the key goes', async () => {
    const { headers } = await sentTo('openai-compatible', { options: { headers: 'X-Api-Key: {key}' } })
    expect(headers['x-api-key']).toBe('sk-x')
    expect(headers).not.toHaveProperty('authorization')
  })

  it('name the program to GitHub Copilot', async () => {
    const options = { integrationId: 'my-app', editorVersion: 'my-editor/1.2' }
    const { headers } = await sentTo('github-copilot', { options })
    expect(headers).toMatchObject({ 'copilot-integration-id': 'my-app', 'editor-version': 'my-editor/1.2' })
  })

  it.each([
    'no colon',
    ': x',
    'a b: c',
    'x: über',
    'Host: evil',
    'content-length: 1',
    'Transfer-Encoding: chunked'
  ])('are refused as %j, without being repeated where they may be secret', async (line) => {
    const asked = sentTo('openai-compatible', { options: { headers: line } })
    await expect(asked).rejects.toMatchObject({ code: 'bad-request', param: 'options.headers' })
    await expect(asked).rejects.not.toThrow(/evil|über/)
  })
})

describe('a server added by its address alone', () => {
  it.each([
    ['api.mistral.ai', { toolCallIds: 'nine-alphanumerics' }],
    ['api.openai.com', { maxTokens: 'max_completion_tokens' }],
    ['generativelanguage.googleapis.com', { replay: 'extra_content' }]
  ])('is known by its host: %s', (host, expected) => {
    expect(quirksOfHost(host)).toMatchObject(expected)
  })

  it.each(['127.0.0.1', 'llm.example.com', 'constructor'])('is taken as any server: %s', (host) => {
    expect(quirksOfHost(host)).toBeUndefined()
  })
})
