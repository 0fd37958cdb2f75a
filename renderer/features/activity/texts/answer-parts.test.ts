import { describe, expect, it } from 'vitest'
import { readAnswer } from './answer-parts.ts'

const lines = (...events: unknown[]) => events.map((event) => JSON.stringify(event)).join('\n')
const weather = [{ type: 'call', name: 'weather', arguments: '{"at":1}' }]

describe('readAnswer', () => {
  it('tells what was thought from what was said', () => {
    expect(readAnswer('<reasoning>\nHm.\n</reasoning>\n\nYes.')).toEqual([
      { type: 'thought', text: 'Hm.' },
      { type: 'text', text: 'Yes.' }
    ])
    expect(readAnswer('Plain.')).toEqual([{ type: 'text', text: 'Plain.' }])
  })

  it.each([
    [
      'chat completions',
      lines({
        choices: [
          {
            message: { content: null, tool_calls: [{ function: { name: 'weather', arguments: '{"at":1}' } }] }
          }
        ]
      })
    ],
    [
      'a stream of chat completions',
      lines(
        {
          choices: [
            { delta: { tool_calls: [{ index: 0, id: '1', function: { name: 'weather', arguments: '' } }] } }
          ]
        },
        { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"at"' } }] } }] },
        { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: ':1}' } }] } }] },
        { choices: [], usage: {} }
      )
    ],
    [
      'Anthropic',
      lines({ type: 'message', content: [{ type: 'tool_use', name: 'weather', input: { at: 1 } }] })
    ],
    [
      'a stream of Anthropic',
      lines(
        {
          type: 'content_block_start',
          index: 1,
          content_block: { type: 'tool_use', name: 'weather', input: {} }
        },
        { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"at"' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: ':1}' } }
      )
    ],
    [
      'Google',
      lines({
        candidates: [{ content: { parts: [{ functionCall: { name: 'weather', args: { at: 1 } } }] } }]
      })
    ],
    ['Responses', lines({ output: [{ type: 'function_call', name: 'weather', arguments: '{"at":1}' }] })],
    [
      'a stream of Responses',
      lines(
        {
          type: 'response.output_item.added',
          item: { type: 'function_call', name: 'weather', arguments: '' }
        },
        {
          type: 'response.completed',
          response: { output: [{ type: 'function_call', name: 'weather', arguments: '{"at":1}' }] }
        }
      )
    ],
    [
      'Ollama',
      lines({
        message: {
          role: 'assistant',
          content: '',
          tool_calls: [{ function: { name: 'weather', arguments: { at: 1 } } }]
        }
      })
    ],
    [
      'another program',
      '[{"id":"1","type":"function","function":{"name":"weather","arguments":"{\\"at\\":1}"}}]'
    ]
  ])('finds the call of a tool in what %s sent', (_, body) => {
    expect(readAnswer(body)).toEqual(weather)
  })

  it('reads thoughts and words of a response in their order', () => {
    const output = [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] }
    ]
    const read = [
      { type: 'thought', text: 'Hm.' },
      { type: 'text', text: 'Yes.' }
    ]
    expect(readAnswer(lines({ output }))).toEqual(read)
    expect(readAnswer(lines({}, { type: 'response.completed', response: { output } }))).toEqual(read)
  })

  it('says what a server refused with', () => {
    expect(readAnswer('{"error":{"message":"no such model"}}')).toEqual([
      { type: 'text', text: 'no such model' }
    ])
  })

  it('leaves as it is what it cannot read', () => {
    expect(readAnswer('{"data":[1]}')).toEqual([{ type: 'text', text: '{"data":[1]}' }])
    expect(readAnswer('{cut')).toEqual([{ type: 'text', text: '{cut' }])
  })
})
