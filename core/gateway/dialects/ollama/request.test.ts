import { describe, expect, test } from 'vitest'
import type { Json } from '../json-fields.ts'
import { fromChat } from './chat-request.ts'
import { fromGenerate } from './generate-request.ts'
import { readParameters } from './parameters.ts'

const named = { name: 'up/small', model: null }
const hello = [{ role: 'user', content: 'Hello' }]
const chat = (body: Json, canThink = false) =>
  fromChat({ messages: hello, ...body }, { ...readParameters(body, named), canThink })
const generate = (body: Json) => fromGenerate(body, readParameters(body, named))
const base64 = (hex: string) => Buffer.from(hex.padEnd(60, '0'), 'hex').toString('base64')

describe('messages', () => {
  test('keep their roles, thoughts before words, and pictures after', () => {
    const images = [base64('ffd8ffe0')]
    const { messages } = chat({
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'What is it?', images },
        { role: 'assistant', content: 'A cat.', thinking: 'Whiskers.' }
      ]
    })
    expect(messages).toEqual([
      { role: 'system', content: [{ type: 'text', text: 'Be short.' }] },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image', source: { kind: 'base64', mediaType: 'image/jpeg', data: images[0] } }
        ]
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Whiskers.' },
          { type: 'text', text: 'A cat.' }
        ]
      }
    ])
  })

  const call = (name: string, args: object, id?: string) => ({
    ...(id && { id }),
    function: { name, arguments: args }
  })
  const result = (content: string, more: object) => ({ role: 'tool', content, ...more })
  const resultsOf = (calls: object[], ...results: object[]) => {
    const { messages } = chat({
      messages: [{ role: 'assistant', content: '', tool_calls: calls }, ...results]
    })
    return messages
      .slice(1)
      .flatMap(({ content }) =>
        content.flatMap((part) => (part.type === 'tool-result' ? [[part.callId, part.name]] : []))
      )
  }

  test('match results to calls by name, and those of one name by order', () => {
    const calls = [call('weather', { city: 'Paris' }), call('boats', {}), call('weather', { city: 'Oslo' })]
    expect(
      resultsOf(
        calls,
        result('a', { tool_name: 'weather' }),
        result('b', { tool_name: 'weather' }),
        result('c', { tool_name: 'boats' })
      )
    ).toEqual([
      ['call_0_0', 'weather'],
      ['call_0_2', 'weather'],
      ['call_0_1', 'boats']
    ])
  })

  test('match results by the ids that Homeport gave, and without name and id by order', () => {
    const calls = [call('weather', {}, 'call_a'), call('weather', {}, 'call_b')]
    expect(resultsOf(calls, result('b', { tool_call_id: 'call_b' }), result('a', {}))).toEqual([
      ['call_b', 'weather'],
      ['call_a', 'weather']
    ])
  })

  test('refuse a result that answers no call', () => {
    expect(() => resultsOf([call('weather', {})], result('x', { tool_name: 'boats' }))).toThrow('messages[1]')
    expect(() => chat({ messages: [result('x', {})] })).toThrow('messages[0]')
  })

  test('make the same ids of the same conversation every time', () => {
    const conversation = {
      messages: [...hello, { role: 'assistant', tool_calls: [call('weather', { a: 1 })] }]
    }
    expect(chat(conversation)).toEqual(chat(conversation))
    expect(chat(conversation).messages[1]?.content).toEqual([
      { type: 'tool-call', id: 'call_1_0', name: 'weather', arguments: '{"a":1}' }
    ])
  })

  test.each([
    ['png', '89504e470d0a1a0a', 'image/png'],
    ['gif', '474946383961', 'image/gif'],
    ['webp', '52494646aabbccdd57454250', 'image/webp'],
    ['avif', '0000001c6674797061766966', 'image/avif']
  ])('know a %s by its bytes', (_, hex, mediaType) => {
    const images = [`data:image/whatever;base64,${base64(hex)}`]
    const { messages } = chat({ messages: [{ role: 'user', images }] })
    expect(messages[0]?.content).toEqual([
      { type: 'image', source: { kind: 'base64', mediaType, data: base64(hex) } }
    ])
  })

  test.each([
    ['messages[0].role', { messages: [{ role: 'developer', content: 'x' }] }],
    ['messages[0].content', { messages: [{ role: 'user', content: [{ type: 'text' }] }] }],
    ['messages[0].images[0]', { messages: [{ role: 'user', images: ['AAAA'] }] }],
    ['messages[0].images[0]', { messages: [{ role: 'user', images: [7] }] }],
    ['tools[0].function.name', { tools: [{ type: 'function', function: {} }] }]
  ])('are refused for a bad %s', (param, body) => {
    expect(() => chat(body)).toThrow(param)
  })
})

describe('options', () => {
  test('have their neutral places', () => {
    const options = {
      temperature: 0.2,
      top_k: 40,
      top_p: 0.9,
      min_p: 0.05,
      seed: 7,
      num_predict: 99,
      stop: 'END'
    }
    expect(chat({ options })).toMatchObject({
      temperature: 0.2,
      topK: 40,
      topP: 0.9,
      minP: 0.05,
      seed: 7,
      maxTokens: 99,
      stop: ['END'],
      unmapped: []
    })
  })

  test('that mean no bound set none', () => {
    const request = chat({ options: { num_predict: -1, top_k: -1, stop: [] } })
    for (const name of ['maxTokens', 'topK', 'stop']) expect(request).not.toHaveProperty(name)
  })

  test('that change the answer and have no place are named; those of an engine are not', () => {
    const options = { repeat_penalty: 1.1, num_ctx: 8192, zzz: 1, num_gpu: 99, use_mmap: true }
    expect(chat({ options, truncate: true, keep_alive: -1 }).unmapped).toEqual([
      'truncate',
      'options.repeat_penalty',
      'options.num_ctx',
      'options.zzz'
    ])
  })

  test.each([
    ['temperature', -1],
    ['temperature', 'x'],
    ['top_p', 2],
    ['num_ctx', 1e12],
    ['num_predict', -3],
    ['num_keep', -2],
    ['seed', 1.5],
    ['repeat_penalty', 1e9],
    ['num_thread', -1]
  ])('refuse %s = %s', (name, value) => {
    expect(() => readParameters({ options: { [name]: value } }, named)).toThrow(name)
  })
})

describe('thinking', () => {
  test.each([
    [true, { effort: 'medium', show: true }],
    ['low', { effort: 'low', show: true }],
    ['high', { effort: 'high', show: true }]
  ] as const)('asked for as %s', (think, reasoning) => {
    expect(chat({ think }).reasoning).toEqual(reasoning)
  })

  test('is turned off only where a model is known to think', () => {
    expect(chat({ think: false }, true).reasoning).toEqual({ effort: 'none' })
    expect(chat({ think: false }, false)).not.toHaveProperty('reasoning')
    expect(chat({}, true)).not.toHaveProperty('reasoning')
  })

  test('is refused in other words', () => {
    expect(() => readParameters({ think: 'hard' }, named)).toThrow('think')
  })
})

test('a format is JSON or a schema', () => {
  expect(chat({ format: 'json' }).output).toBe('json')
  expect(chat({ format: { type: 'object' } }).output).toMatchObject({ schema: { type: 'object' } })
  expect(chat({ format: '' }).output).toBe('text')
  expect(() => readParameters({ format: 'yaml' }, named)).toThrow('format')
})

describe('a prompt', () => {
  test('is a chat of one turn', () => {
    expect(
      generate({ prompt: 'Why?', system: 'Be short.', images: [base64('424d')] }).messages
    ).toMatchObject([
      { role: 'system', content: [{ text: 'Be short.' }] },
      { role: 'user', content: [{ text: 'Why?' }, { type: 'image' }] }
    ])
  })

  test('names what only an engine could do, when it is asked for', () => {
    expect(generate({ prompt: 'x', raw: true, template: '{{ .Prompt }}', context: [1, 2] }).unmapped).toEqual(
      ['raw', 'template', 'context']
    )
    expect(generate({ prompt: 'x', raw: false, template: '', context: [] }).unmapped).toEqual([])
  })

  test('cannot be filled in, and says so as Ollama does', () => {
    expect(() => generate({ prompt: 'def f(', suffix: 'return x' })).toThrow('does not support insert')
  })
})
