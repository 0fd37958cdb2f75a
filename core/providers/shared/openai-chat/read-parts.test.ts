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
