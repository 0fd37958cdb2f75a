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
      n: 1,
      user: null
    })
  ).toEqual({
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    output: 'text',
    maxTokens: 5,
    temperature: 0,
    topP: 0.9,
    topK: 40,
    minP: 0.1,
    seed: -7,
    stop: ['END'],
    unmapped: []
  })
})

test('prefers the newer name of the output limit', () => {
  expect(toChatRequest({ messages, max_tokens: 5, max_completion_tokens: 9 }).maxTokens).toBe(9)
})

test('names what has no neutral place', () => {
  expect(toChatRequest({ messages, tools: [], n: 2, n_discard: 3, logit_bias: {} }).unmapped).toEqual([
    'tools',
    'n',
    'n_discard',
    'logit_bias'
  ])
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
      { type: 'image_url', image_url: { url: 'data:' } },
      { type: 'text', text: '!' }
    ]
    expect(mapped({ role: 'user', content })).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look: ' },
          { type: 'unsupported', kind: 'image_url' },
          { type: 'text', text: '!' }
        ]
      }
    ])
  })

  test('name calls and results of tools', () => {
    expect(
      mapped(
        { role: 'assistant', content: null, tool_calls: [{ id: '1' }] },
        { role: 'tool', tool_call_id: '1', content: '42' }
      )
    ).toEqual([
      { role: 'assistant', content: [{ type: 'unsupported', kind: 'tool_calls' }] },
      { role: 'user', content: [{ type: 'unsupported', kind: 'tool' }] }
    ])
  })

  test.each([
    ['messages[0].role', { role: 'narrator', content: 'x' }],
    ['messages[0].role', { role: 'constructor', content: 'x' }],
    ['messages[0].content', { role: 'user', content: ['x'] }],
    ['messages[0].content', { role: 'user', content: [{ type: 'text', text: 7 }] }]
  ])('that cannot be read are refused at %s', (param, message) => {
    expect(() => mapped(message)).toThrow(expect.objectContaining({ code: 'bad-request', param }))
  })
})

describe('the format of the answer', () => {
  const schema = { type: 'object', properties: { constructor: { type: 'string' } } }

  test.each([
    ['text', { type: 'text' }, 'text'],
    ['json_object', { type: 'json_object' }, 'json'],
    ['a schema', { type: 'json_schema', json_schema: { name: 'city', schema } }, { name: 'city', schema }]
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
