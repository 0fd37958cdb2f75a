import { describe, expect, it } from 'vitest'
import { AnswerReader } from './read-parts.ts'

const readParts = (body: object) => new AnswerReader().read({ ...body })
const delta = (value: unknown, more: object = {}) =>
  readParts({ choices: [{ index: 0, delta: value, finish_reason: null, ...more }] })
const text = (value: string) => ({ type: 'text-delta', text: value })
const reasoning = (value: string) => ({ type: 'reasoning-delta', text: value })

describe('AnswerReader', () => {
  it.each<[string, unknown, unknown[]]>([
    ['text', { content: 'a' }, [text('a')]],
    ['a refusal as text', { content: null, refusal: 'No.' }, [text('No.')]],
    ['reasoning under both of its names, once', { reasoning: 'r', reasoning_content: 'r' }, [reasoning('r')]],
    [
      'Mistral’s parts',
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'r' }] },
          { type: 'text', text: 'a' },
          { type: 'reference', reference_ids: [1] },
          null
        ]
      },
      [reasoning('r'), text('a')]
    ],
    [
      'a picture',
      {
        images: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0=' } },
          { image_url: {} }
        ]
      },
      [{ type: 'media', mediaType: 'image/png', data: 'iVBORw0=' }]
    ],
    ['sound by its words', { audio: { id: 'audio_1', transcript: 'Hi' } }, [text('Hi')]],
    ['nothing in empty text', { role: 'assistant', content: '', reasoning: '' }, []],
    ['nothing in fields of the wrong type', { content: 5, reasoning: {}, reasoning_content: [] }, []]
  ])('reads %s', (_, value, expected) => {
    expect(delta(value)).toEqual(expected)
  })

  it.each([
    ['stop', 'stop'],
    ['eos', 'stop'],
    ['length', 'length'],
    ['model_length', 'length'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['content_filter', 'content-filter'],
    ['insufficient_system_resource', 'other'],
    ['toString', 'other']
  ])('reads the finish reason %s as %s', (reason, expected) => {
    expect(delta({}, { finish_reason: reason })).toEqual([{ type: 'finish', reason: expected }])
  })

  it('reads probabilities, and leaves out what is none', () => {
    const token = { token: 'Hi', logprob: -0.1, bytes: [72, 105] }
    const logprobs = { content: [{ ...token, top_logprobs: [token, {}] }, { token: 5 }, null] }
    expect(delta({ content: 'Hi' }, { logprobs })).toEqual([
      text('Hi'),
      { type: 'logprobs', tokens: [{ ...token, top: [token] }] }
    ])
    expect(delta({}, { logprobs: { content: null } })).toEqual([])
  })

  it('reads "stop" after a tool call as its end', () => {
    const tool_calls = [{ index: 0, id: 'a', function: { name: 'x', arguments: '{}' } }]
    expect(delta({ tool_calls }, { finish_reason: 'stop' }).at(-1)).toEqual({
      type: 'finish',
      reason: 'tool-calls'
    })
  })

  it('gives a tool call the signature that came before it', () => {
    const reader = new AnswerReader()
    const details = [{ type: 'reasoning.encrypted', id: 'a', data: 'g', format: 'google-gemini-v1' }]
    const tool_calls = [{ index: 0, id: 'a', function: { name: 'x', arguments: '' } }]
    expect(reader.read({ choices: [{ delta: { reasoning_details: details } }] })).toEqual([])
    expect(reader.read({ choices: [{ delta: { tool_calls } }] })).toMatchObject([
      { type: 'tool-call-start', id: 'a', signature: { vendor: 'google', value: 'g' } }
    ])
  })

  it('reads what is encrypted as reasoning that shows nothing', () => {
    const reasoning_details = [
      { type: 'reasoning.encrypted', data: 'x', format: 'openai-responses-v1' },
      { type: 'reasoning.encrypted', data: 'y', format: 'xai-responses-v1' }
    ]
    expect(delta({ reasoning_details })).toEqual([
      { type: 'reasoning-signature', signature: { vendor: 'openai', value: 'x' }, redacted: true }
    ])
  })

  it('reads the first of several choices', () => {
    const choices = [1, 0].map((index) => ({ index, delta: { content: `c${index}` }, finish_reason: 'stop' }))
    expect(readParts({ choices })).toEqual([text('c0'), { type: 'finish', reason: 'stop' }])
  })

  it.each([{}, { choices: null }, { choices: [null, 3, {}] }, { choices: 'x', usage: 'y', x_groq: 1 }])(
    'finds nothing in %j',
    (body) => {
      expect(readParts(body)).toEqual([])
    }
  )
})
