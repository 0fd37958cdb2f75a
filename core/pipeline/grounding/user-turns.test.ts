import { expect, test } from 'vitest'
import { groundWire } from './ground-request.ts'
import { wireTurns } from './user-turns.ts'

const assistant = { role: 'assistant', content: 'Yes.' }

/** Requests of every dialect whose last words of a user are `WORDS`. */
const requests: [name: string, body: string][] = [
  [
    'openai-chat',
    '{"messages":[{"role":"user","content":"A"},{"role":"assistant","content":"B"},{ "role":"user", "content" : "WORDS" }],"n":1.0}'
  ],
  [
    'openai-chat with parts',
    '{"messages":[{"role":"user","content":[{"type":"text","text":"Look:"},{"type":"image_url","image_url":{"url":"data:,"}},{"type":"text","text":"WORDS"}]}]}'
  ],
  [
    'openai-chat in a loop of tools',
    '{"messages":[{"role":"user","content":"WORDS"},{"role":"assistant","tool_calls":[]},{"role":"tool","content":"42"}]}'
  ],
  ['openai-responses', '{"input":"WORDS","model":"m"}'],
  [
    'openai-responses with items',
    '{"input":[{"role":"user","content":[{"type":"input_text","text":"WORDS"}]},{"type":"function_call_output","call_id":"c","output":"7"}]}'
  ],
  [
    'anthropic-messages',
    '{"max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":"WORDS","cache_control":{"type":"ephemeral"}}]},{"role":"assistant","content":[{"type":"tool_use","id":"t"}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"text"}]}]}'
  ],
  ['google-generate', '{"contents":[{"parts":[{"text":"WORDS"}]},{"role":"model","parts":[{"text":"B"}]}]}'],
  ['google-generate, as one object', '{"contents":{"role":"user","parts":{"text":"WORDS"}}}'],
  ['ollama-generate', '{"prompt":"WORDS","stream":false}'],
  ['openai-completions with a list', '{"prompt":["WORDS"]}']
]

test.each(requests)('finds the last words of the user in %s, and grounds them in place', (_, body) => {
  const wire = {
    dialect: 'openai-chat',
    body: Buffer.from(body),
    json: JSON.parse(body),
    headers: {}
  } as const
  const last = wireTurns(wire.json).at(-1)
  expect(last?.text).toContain('WORDS')
  const grounded = last && groundWire(wire, last, 'PASSAGES\n')
  expect(grounded?.body.toString()).toBe(body.replace('WORDS', 'PASSAGES\\nWORDS'))
  expect(grounded && wireTurns(grounded.json).at(-1)?.text).toContain('PASSAGES\nWORDS')
})

test.each([
  ['prompts of tokens', { prompt: [1, 2, 3] }],
  ['several prompts', { prompt: ['a', 'b'] }],
  ['nothing of a user', { messages: [{ role: 'system', content: 'Be brief.' }, assistant] }],
  ['blank words', { messages: [{ role: 'user', content: ' \n' }] }],
  ['no prompt at all', { model: 'm' }]
])('finds nothing in %s', (_, json) => {
  expect(wireTurns(json)).toEqual([])
})
