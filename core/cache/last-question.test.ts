import { expect, test } from 'vitest'
import type { Dialect } from '../providers/spec/chat.ts'
import { lastQuestion } from './last-question.ts'

test.each<[Dialect, Record<string, unknown>, Record<string, unknown>]>([
  [
    'openai-chat',
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why?' }
      ],
      seed: 1
    },
    {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: null }
      ],
      seed: 1
    }
  ],
  [
    'anthropic-messages',
    {
      system: 'S',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Why?', cache_control: {} }] }]
    },
    { system: 'S', messages: [{ role: 'user', content: [{ type: 'text', text: null, cache_control: {} }] }] }
  ],
  [
    'ollama-chat',
    { messages: [{ role: 'user', content: 'Why?', images: ['aGk='] }] },
    { messages: [{ role: 'user', content: null, images: ['aGk='] }] }
  ],
  [
    'openai-responses',
    { input: 'Why?', previous_response_id: 'r' },
    { input: null, previous_response_id: 'r' }
  ],
  [
    'openai-responses',
    { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Why?' }] }] },
    { input: [{ role: 'user', content: [{ type: 'input_text', text: null }] }] }
  ],
  [
    'google-generate',
    { contents: [{ parts: [{ text: 'Why?' }] }] },
    { contents: [{ parts: [{ text: null }] }] }
  ]
])('takes the question out of %s, and leaves all else', (dialect, body, rest) => {
  const before = structuredClone(body)
  expect(lastQuestion(dialect, body)).toEqual({ text: 'Why?', rest })
  expect(body).toEqual(before)
})

test.each<[string, Dialect, Record<string, unknown>]>([
  ['the last word is the model’s', 'openai-chat', { messages: [{ role: 'assistant', content: 'Because' }] }],
  ['a tool has answered', 'openai-responses', { input: [{ type: 'function_call_output', output: '1' }] }],
  [
    'a picture belongs to it',
    'openai-chat',
    { messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }, { type: 'image_url' }] }] }
  ],
  ['there is no message', 'anthropic-messages', { messages: [] }],
  ['the body is no chat', 'openai-completions', { prompt: 'Why?' }]
])('finds none where %s', (_, dialect, body) => {
  expect(lastQuestion(dialect, body)).toBeNull()
})
