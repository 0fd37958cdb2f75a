import { expect, test } from 'vitest'
import { valuesOf } from './export.test-support.ts'
import { exportedBodies } from './export-messages.ts'
import { toAttributes } from './otlp-encode.ts'

function exported(requestBody: unknown, responseBody: string | null = null) {
  const bytes = Buffer.from(JSON.stringify(requestBody))
  const attributes = exportedBodies({ requestBody: bytes, responseBody }, { withTexts: true })
  const values = valuesOf(toAttributes(attributes))
  const read = (name: string) => (values[name] === undefined ? undefined : JSON.parse(String(values[name])))
  return {
    values,
    input: read('gen_ai.input.messages'),
    output: read('gen_ai.output.messages'),
    system: read('gen_ai.system_instructions')
  }
}
const text = (content: string) => ({ type: 'text', content })

test("OpenAI's chat: texts, pictures, calls of tools and what they gave back", () => {
  const { input } = exported({
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
        ]
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } }]
      },
      { role: 'tool', tool_call_id: 'c1', content: 'a boat' }
    ]
  })
  expect(input).toEqual([
    { role: 'system', parts: [text('Be brief.')] },
    { role: 'user', parts: [text('What is it?'), { type: 'image_url' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'look', arguments: '{"at":1}' }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'a boat' }] }
  ])
})

test("Anthropic's messages", () => {
  const { input, system } = exported({
    system: [{ type: 'text', text: 'Be brief.' }],
    messages: [
      { role: 'user', content: 'What is it?' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Let me look.', signature: 'x' },
          { type: 'tool_use', id: 't1', name: 'look', input: { at: 1 } }
        ]
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'a boat' }] }
    ]
  })
  expect(system).toEqual([text('Be brief.')])
  expect(input).toEqual([
    { role: 'user', parts: [text('What is it?')] },
    {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'Let me look.' },
        { type: 'tool_call', id: 't1', name: 'look', arguments: { at: 1 } }
      ]
    },
    { role: 'user', parts: [{ type: 'tool_call_response', id: 't1', response: 'a boat' }] }
  ])
})

test("Google's contents", () => {
  const { input, system, values } = exported({
    systemInstruction: { parts: [{ text: 'Be brief.' }] },
    contents: [
      {
        role: 'user',
        parts: [{ text: 'What is it?' }, { inlineData: { mimeType: 'image/png', data: 'AA' } }]
      },
      { role: 'model', parts: [{ functionCall: { name: 'look', args: { at: 1 } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'look', response: { seen: 'a boat' } } }] }
    ],
    generationConfig: { maxOutputTokens: 9, topK: 4, stopSequences: ['END'] }
  })
  expect(system).toEqual([text('Be brief.')])
  expect(input).toEqual([
    { role: 'user', parts: [text('What is it?'), { type: 'inlineData' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: null, name: 'look', arguments: { at: 1 } }] },
    { role: 'user', parts: [{ type: 'tool_call_response', id: null, response: { seen: 'a boat' } }] }
  ])
  expect(values).toMatchObject({
    'gen_ai.request.max_tokens': '9',
    'gen_ai.request.top_k': 4,
    'gen_ai.request.stop_sequences': ['END']
  })
})

test("the Responses API's items", () => {
  const { input, system } = exported({
    instructions: 'Be brief.',
    input: [
      { role: 'user', content: [{ type: 'input_text', text: 'What is it?' }] },
      { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c1', output: 'a boat' }
    ]
  })
  expect(system).toEqual([text('Be brief.')])
  expect(input).toEqual([
    { role: 'user', parts: [text('What is it?')] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'look', arguments: '{}' }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'a boat' }] }
  ])
})

test("the app's own chats, and plain prompts", () => {
  const own = {
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', content: [{ type: 'tool-call', id: 'c', name: 'look', arguments: '{}' }] },
      {
        role: 'tool',
        content: [{ type: 'tool-result', callId: 'c', name: 'look', content: [{ type: 'text', text: 'x' }] }]
      }
    ]
  }
  expect(exported(own).input).toMatchObject([
    { role: 'user', parts: [text('Hi')] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'look' }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c' }] }
  ])
  expect(exported({ prompt: 'Once' }).input).toEqual([{ role: 'user', parts: [text('Once')] }])
})

test('what was thought stands apart from the answer', () => {
  const { output } = exported({}, '<reasoning>\nHm.\n</reasoning>\n\nA boat.')
  expect(output).toEqual([
    { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, text('A boat.')] }
  ])
})

const brackets = '['.repeat(1e5) + ']'.repeat(1e5)
const deeplyNested = Buffer.from(
  `{"messages":[{"role":"assistant","content":[{"type":"tool_use","name":"a","input":${brackets}}]}]}`
)
test.each([
  ['no JSON', Buffer.from('{"messages":')],
  ['a list', Buffer.from('[1]')],
  ['nested too deep to be written', deeplyNested],
  ['too long to be read at once', Buffer.from(JSON.stringify({ prompt: 'x'.repeat(1_100_000) }))]
])('a request that is %s is left out', (_, requestBody) => {
  const attributes = exportedBodies({ requestBody, responseBody: 'ok' }, { withTexts: true })
  expect(attributes['gen_ai.input.messages']).toBeNull()
  expect(attributes['gen_ai.output.messages']).toContain('ok')
})
