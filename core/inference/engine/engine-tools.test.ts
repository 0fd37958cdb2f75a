import { describe, expect, test } from 'vitest'
import type { ChatRequest } from '../../providers/spec/chat.ts'
import { toEngineTools } from './engine-tools.ts'

const converted = (extra: Partial<ChatRequest>) =>
  toEngineTools({ messages: [], output: 'text', unmapped: [], ...extra })
const weather = {
  name: 'weather',
  description: 'How it is outside.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string', description: 'Where.' } },
    required: ['city'],
    additionalProperties: false
  }
}

describe('tools for the engine', () => {
  test('keep their names, words and parameters', () => {
    expect(converted({ tools: [weather] })).toEqual({
      tools: [
        {
          name: 'weather',
          description: 'How it is outside.',
          parameters: {
            type: 'object',
            properties: { city: { type: 'string', description: 'Where.' } },
            additionalProperties: false
          }
        }
      ],
      toolChoice: 'auto',
      warnings: []
    })
  })

  test('take nothing, in whichever way it is said', () => {
    const nothing = [
      null,
      { type: 'object', properties: {} },
      { properties: {}, additionalProperties: false }
    ]
    const tools = nothing.map((parameters, index) => ({ name: `t${index}`, parameters }))
    expect(converted({ tools }).tools.map(({ parameters }) => parameters)).toEqual([null, null, null])
    const free = { name: 'note', parameters: { type: 'object', properties: {}, additionalProperties: true } }
    expect(converted({ tools: [free] }).tools[0]?.parameters).not.toBeNull()
  })

  test('name the constraints that no grammar can carry, and whose they are', () => {
    const parameters = { type: 'object', properties: { count: { type: 'integer', minimum: 1 } } }
    expect(converted({ tools: [{ name: 'order', parameters }] }).warnings).toEqual([
      'minimum in the parameters of order is not enforced by on-device models'
    ])
  })

  test('may be demanded, all or one of them', () => {
    expect(converted({ tools: [weather], toolChoice: 'required' }).toolChoice).toBe('required')
    const one = { name: 'weather' }
    expect(converted({ tools: [weather], toolChoice: one }).toolChoice).toEqual(one)
  })

  test.each<[string, Partial<ChatRequest>]>([
    ['tool_choice', { toolChoice: 'required' }],
    ['tool_choice', { tools: [weather], toolChoice: { name: 'tides' } }],
    ['tools', { tools: [weather, weather] }],
    ['tools', { tools: [{ name: 'order', parameters: { type: 'date' } }] }]
  ])('are refused with %s at fault: %j', (param, extra) => {
    expect(() => converted(extra)).toThrow(expect.objectContaining({ code: 'bad-request', param }))
  })
})
