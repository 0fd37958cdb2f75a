import { describe, expect, test } from 'vitest'
import { toChatRequest } from './request.ts'

const messages = [{ role: 'user', content: 'Hi' }]

test('maps every parameter that has a neutral place', () => {
  expect(
    toChatRequest({
      model: 'acme/m1',
      stream: true,
      stream_options: { include_usage: true },
      messages,
      max_tokens: 5,
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      min_p: 0.1,
      seed: -7,
      stop: 'END',
      frequency_penalty: 0.5,
      presence_penalty: -0.5,
      logprobs: true,
      top_logprobs: 3,
      user: 'u-1',
      n: 1,
      modalities: ['text'],
      store: false
    })
  ).toEqual({
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    output: 'text',
    maxTokens: 5,
    temperature: 0,
    topP: 0.9,
    topK: 40,
    minP: 0.1,
    frequencyPenalty: 0.5,
    presencePenalty: -0.5,
    logprobs: { top: 3 },
    user: 'u-1',
    seed: -7,
    stop: ['END'],
    unmapped: []
  })
})

test('prefers the newer name of the output limit', () => {
  expect(toChatRequest({ messages, max_tokens: 5, max_completion_tokens: 9 }).maxTokens).toBe(9)
})

test('names what has no neutral place, and nothing that asks for nothing', () => {
  const body = {
    messages: [{ role: 'user', content: 'Hi', name: 'Ann' }],
    tools: [{ type: 'custom', custom: { name: 'shell' } }],
    n: 2,
    n_discard: 3,
    logit_bias: { 50256: -100 },
    modalities: ['text', 'audio'],
    prompt_cache_key: 'k',
    service_tier: 'flex',
    user: null
  }
  expect(toChatRequest(body).unmapped).toEqual([
    'n',
    'n_discard',
    'logit_bias',
    'modalities',
    'service_tier',
    'messages.name',
    'tools.custom'
  ])
  expect(toChatRequest({ messages, n: 1, logit_bias: {}, service_tier: 'auto' }).unmapped).toEqual([])
})

test('leaves out a top_k that means no limit', () => {
  expect(toChatRequest({ messages, top_k: -1 })).not.toHaveProperty('topK')
})

describe('messages', () => {
  const mapped = (...list: unknown[]) => toChatRequest({ messages: list }).messages

  test('keep their roles; developers speak as the system', () => {
    const roles = mapped(
      { role: 'developer', content: 'a' },
      { role: 'system', content: 'b' },
      { role: 'assistant', content: 'c' }
    ).map(({ role }) => role)
    expect(roles).toEqual(['system', 'system', 'assistant'])
  })

  test('keep text parts apart, and name parts of other kinds', () => {
    const content = [
      { type: 'text', text: 'Look: ' },
      { type: 'video_url', video_url: { url: 'data:' } },
      { type: 'text', text: '!', cache_control: { type: 'ephemeral', ttl: '1h' } }
    ]
    expect(mapped({ role: 'user', content })).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look: ' },
          { type: 'unsupported', kind: 'video_url' },
          { type: 'text', text: '!', cache: '1h' }
        ]
      }
    ])
  })

  test.each<[string, object, object]>([
    [
      'a picture as data',
      { type: 'image_url', image_url: { url: 'data:image/PNG;base64,iVBORw0=', detail: 'low' } },
      { type: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'iVBORw0=' }, detail: 'low' }
    ],
    [
      'a picture at an address',
      { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
      { type: 'image', source: { kind: 'url', url: 'https://x.test/a.png' } }
    ],
    [
      'a picture whose address stands alone',
      { type: 'image_url', image_url: 'https://x.test/a.png' },
      { type: 'image', source: { kind: 'url', url: 'https://x.test/a.png' } }
    ],
    [
      'sound',
      { type: 'input_audio', input_audio: { data: 'SUQz', format: 'mp3' } },
      { type: 'audio', source: { kind: 'base64', mediaType: 'audio/mpeg', data: 'SUQz' } }
    ],
    [
      'a document as data',
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
      {
        type: 'document',
        source: { kind: 'base64', mediaType: 'application/pdf', data: 'JVBERi0=' },
        name: 'a.pdf'
      }
    ],
    [
      'a document that is not in base64',
      { type: 'file', file: { file_data: 'data:text/plain;charset=utf-8,Gr%C3%BC%C3%9Fe' } },
      { type: 'document', source: { kind: 'base64', mediaType: 'text/plain', data: 'R3LDvMOfZQ==' } }
    ],
    [
      'a document uploaded before',
      { type: 'file', file: { file_id: 'file-1' } },
      { type: 'document', source: { kind: 'file', id: 'file-1' } }
    ]
  ])('hold %s', (_, part, expected) => {
    expect(mapped({ role: 'user', content: [part] })[0]?.content).toEqual([expected])
  })

  test('hold parallel calls of tools and their results, matched by id', () => {
    const call = (id: string, name: string, text: unknown) => ({
      id,
      type: 'function',
      function: { name, arguments: text }
    })
    expect(
      mapped(
        {
          role: 'assistant',
          content: null,
          tool_calls: [call('a', 'add', '{"x":1}'), call('b', 'sub', { y: 2 })]
        },
        { role: 'tool', tool_call_id: 'b', content: '3' },
        { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: '4' }] }
      )
    ).toEqual([
      {
        role: 'assistant',
        content: [
          { type: 'tool-call', id: 'a', name: 'add', arguments: '{"x":1}' },
          { type: 'tool-call', id: 'b', name: 'sub', arguments: '{"y":2}' }
        ]
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', callId: 'b', content: [{ type: 'text', text: '3' }], isError: false }
        ]
      },
      {
        role: 'tool',
        content: [
          { type: 'tool-result', callId: 'a', content: [{ type: 'text', text: '4' }], isError: false }
        ]
      }
    ])
  })

  test('give function calls of old an id each, by which results are matched in order', () => {
    const called = (name: string) => ({
      role: 'assistant',
      content: null,
      function_call: { name, arguments: '{}' }
    })
    const result = (content: string) => ({ role: 'function', name: 'look', content })
    const ids = mapped(called('look'), result('1'), called('look'), result('2')).map(({ content: [part] }) =>
      part?.type === 'tool-call' ? part.id : part?.type === 'tool-result' ? part.callId : null
    )
    expect(ids).toEqual(['function_0', 'function_0', 'function_1', 'function_1'])
  })

  test('hold a refusal as what was said', () => {
    expect(mapped({ role: 'assistant', content: null, refusal: 'No.' })[0]?.content).toEqual([
      { type: 'text', text: 'No.' }
    ])
  })

  test.each<[string, object, object[]]>([
    ['reasoning_content', { reasoning_content: 'Hm.' }, [{ type: 'reasoning', text: 'Hm.' }]],
    ['reasoning', { reasoning: 'Hm.' }, [{ type: 'reasoning', text: 'Hm.' }]],
    [
      'reasoning_details, signed',
      {
        reasoning: 'Hm.',
        reasoning_details: [
          { type: 'reasoning.text', text: 'Hm.', signature: 'sig', format: 'anthropic-claude-v1' },
          { type: 'reasoning.encrypted', data: 'xyz', format: 'anthropic-claude-v1' }
        ]
      },
      [
        { type: 'reasoning', text: 'Hm.', signature: { vendor: 'anthropic', value: 'sig' } },
        { type: 'reasoning', text: '', signature: { vendor: 'anthropic', value: 'xyz' }, redacted: true }
      ]
    ],
    [
      'a signature whose text stands beside it',
      { reasoning_content: 'Hm.', reasoning_details: [{ type: 'reasoning.text', signature: 'sig' }] },
      [{ type: 'reasoning', text: 'Hm.', signature: { vendor: 'anthropic', value: 'sig' } }]
    ],
    [
      'nothing of a vendor that nobody knows',
      { reasoning_details: [{ type: 'reasoning.encrypted', data: 'x', format: 'xai-responses-v1' }] },
      []
    ]
  ])('read earlier reasoning from %s', (_, members, expected) => {
    const [message] = mapped({ role: 'assistant', content: 'Yes.', ...members })
    expect(message?.content).toEqual([...expected, { type: 'text', text: 'Yes.' }])
  })

  test.each([
    ['Google’s own place', { extra_content: { google: { thought_signature: 'g' } } }, {}],
    [
      'OpenRouter’s',
      {},
      { reasoning_details: [{ type: 'reasoning.encrypted', id: 'a', data: 'g', format: 'google-gemini-v1' }] }
    ]
  ])('read the signature of a tool call from %s', (_, inCall, inMessage) => {
    const call = { id: 'a', type: 'function', function: { name: 'look', arguments: '{}' }, ...inCall }
    const [message] = mapped({ role: 'assistant', content: null, tool_calls: [call], ...inMessage })
    expect(message?.content).toEqual([
      {
        type: 'tool-call',
        id: 'a',
        name: 'look',
        arguments: '{}',
        signature: { vendor: 'google', value: 'g' }
      }
    ])
  })

  test.each([
    ['messages[0].role', { role: 'narrator', content: 'x' }],
    ['messages[0].role', { role: 'constructor', content: 'x' }],
    ['messages[0].content', { role: 'user', content: ['x'] }],
    ['messages[0].content', { role: 'user', content: [{ type: 'text', text: 7 }] }],
    ['messages[0].content', { role: 'user', content: [{ type: 'image_url', image_url: {} }] }],
    [
      'messages[0].content',
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'file:///a' } }] }
    ],
    ['messages[0].content', { role: 'user', content: [{ type: 'file', file: { file_data: 'data:,%' } }] }],
    ['messages[0].content', { role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }],
    ['messages[0].tool_call_id', { role: 'tool', content: '4' }],
    ['messages[0].tool_calls[0].id', { role: 'assistant', tool_calls: [{ function: { name: 'x' } }] }],
    ['messages[0].tool_calls[0].function', { role: 'assistant', tool_calls: [{ id: 'a' }] }]
  ])('that cannot be read are refused at %s', (param, message) => {
    expect(() => mapped(message)).toThrow(expect.objectContaining({ code: 'bad-request', param }))
  })
})

describe('the format of the answer', () => {
  const schema = { type: 'object', properties: { constructor: { type: 'string' } } }

  test.each([
    ['text', { type: 'text' }, 'text'],
    ['json_object', { type: 'json_object' }, 'json'],
    ['a schema', { type: 'json_schema', json_schema: { name: 'city', schema } }, { name: 'city', schema }],
    [
      'a strict schema',
      { type: 'json_schema', json_schema: { name: 'city', schema, strict: true, description: 'A city.' } },
      { name: 'city', schema, strict: true, description: 'A city.' }
    ]
  ])('can be %s', (_, format, output) => {
    expect(toChatRequest({ messages, response_format: format }).output).toEqual(output)
  })

  test.each([
    'json',
    { type: 'xml' },
    { type: 'json_schema' },
    { type: 'json_schema', json_schema: { name: 'x' } }
  ])('is refused as %j', (format) => {
    expect(() => toChatRequest({ messages, response_format: format })).toThrow(
      expect.objectContaining({ param: 'response_format' })
    )
  })
})

test.each([[['']], [[7]], [{}], [Array.from({ length: 17 }, () => 'x')]])('refuses %j as stop', (stop) => {
  expect(() => toChatRequest({ messages, stop })).toThrow(expect.objectContaining({ param: 'stop' }))
})

describe('tools', () => {
  const parameters = { type: 'object', properties: { q: { type: 'string' } } }
  const tool = (name: string, more: object = {}) => ({ type: 'function', function: { name, ...more } })
  const mapped = (body: object) => {
    const { tools, toolChoice, parallelToolCalls } = toChatRequest({ messages, ...body })
    return { tools, toolChoice, parallelToolCalls }
  }

  test('keep name, description, schema and strictness', () => {
    expect(
      mapped({
        tools: [tool('find', { description: 'Finds.', parameters, strict: true }), tool('stop')],
        parallel_tool_calls: false
      })
    ).toEqual({
      tools: [
        { name: 'find', description: 'Finds.', parameters, strict: true },
        { name: 'stop', parameters: null }
      ],
      parallelToolCalls: false
    })
  })

  test.each([
    ['auto', 'auto'],
    ['none', 'none'],
    ['required', 'required'],
    ['any', 'required'],
    [{ type: 'function', function: { name: 'find' } }, { name: 'find' }],
    [null, undefined]
  ])('are chosen by %j', (choice, expected) => {
    expect(mapped({ tools: [tool('find')], tool_choice: choice }).toolChoice).toEqual(expected)
  })

  test('are only those that are allowed', () => {
    const allowed = { mode: 'required', tools: [tool('stop')] }
    expect(
      mapped({
        tools: [tool('find'), tool('stop')],
        tool_choice: { type: 'allowed_tools', allowed_tools: allowed }
      })
    ).toEqual({ tools: [{ name: 'stop', parameters: null }], toolChoice: 'required' })
  })

  test('may be functions, called one at a time', () => {
    expect(mapped({ functions: [{ name: 'find', parameters }], function_call: { name: 'find' } })).toEqual({
      tools: [{ name: 'find', parameters }],
      toolChoice: { name: 'find' },
      parallelToolCalls: false
    })
  })

  test.each([
    ['tools', { tools: {} }],
    ['tools[0]', { tools: ['find'] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: {} }] }],
    ['tools[0].function.parameters', { tools: [tool('find', { parameters: [] })] }],
    ['tool_choice', { tools: [tool('find')], tool_choice: 'sometimes' }],
    ['function_call', { functions: [{ name: 'find' }], function_call: 'sometimes' }]
  ])('that cannot be read are refused at %s', (param, body) => {
    expect(() => mapped(body)).toThrow(expect.objectContaining({ code: 'bad-request', param }))
  })
})

describe('how much to think', () => {
  test.each<[object, object | undefined]>([
    [{}, undefined],
    [{ reasoning_effort: 'minimal' }, { effort: 'minimal' }],
    [{ reasoning_effort: 'max' }, { effort: 'xhigh' }],
    [{ reasoning_effort: null }, undefined],
    [{ reasoning: { effort: 'high', exclude: true } }, { effort: 'high', show: false }],
    [{ reasoning: { max_tokens: 2000 } }, { budgetTokens: 2000 }],
    [{ reasoning: { enabled: true } }, { effort: 'medium' }],
    [{ reasoning: { enabled: false } }, { effort: 'none' }],
    [{ thinking: { type: 'enabled', budget_tokens: 4000 } }, { budgetTokens: 4000 }],
    [{ thinking: { type: 'disabled' } }, { effort: 'none' }],
    [{ enable_thinking: true, thinking_budget: 500 }, { budgetTokens: 500 }],
    [{ enable_thinking: false }, { effort: 'none' }]
  ])('is read from %j', (body, expected) => {
    expect(toChatRequest({ messages, ...body })).toMatchObject({ unmapped: [] })
    expect(toChatRequest({ messages, ...body }).reasoning).toEqual(expected)
  })

  test('is refused as an effort that does not exist', () => {
    expect(() => toChatRequest({ messages, reasoning_effort: 'huge' })).toThrow(
      expect.objectContaining({ param: 'reasoning_effort' })
    )
  })
})
