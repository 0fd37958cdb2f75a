import { expect, test } from 'vitest'
import { type CacheKeyParts, cacheKey } from './cache-key.ts'

const parts: CacheKeyParts = {
  appKeyId: 'key-1',
  dialect: 'openai-chat',
  targets: ['up/gpt'],
  headers: { 'anthropic-beta': 'a' },
  body: { model: 'x', temperature: 0, messages: [{ role: 'user', content: 'Hi' }] }
}
const keyOf = (changed: Partial<CacheKeyParts> = {}) => cacheKey({ ...parts, ...changed })

test('does not depend on the order of names, on the name of the model, or on streaming', () => {
  expect(
    keyOf({
      body: {
        stream: true,
        stream_options: { include_usage: true },
        messages: [{ content: 'Hi', role: 'user' }],
        temperature: 0,
        model: 'another name for it'
      }
    })
  ).toBe(keyOf())
})

test.each<[string, Partial<CacheKeyParts>]>([
  ['program', { appKeyId: 'key-2' }],
  ['dialect', { dialect: 'ollama-chat' }],
  ['target', { targets: ['up/other'] }],
  ['header', { headers: { 'anthropic-beta': 'b' } }],
  ['parameter', { body: { ...parts.body, temperature: 1 } }],
  ['order of messages', { body: { ...parts.body, messages: [{ role: 'user', content: 'iH' }] } }],
  ['member', { body: { ...parts.body, seed: null } }]
])('differs with another %s', (_, changed) => {
  expect(keyOf(changed)).not.toBe(keyOf())
})

test('parts cannot run into each other', () => {
  expect(keyOf({ targets: ['a', 'b'] })).not.toBe(keyOf({ targets: ['a","b'] }))
  expect(keyOf({ body: { a: [1, 2] } })).not.toBe(keyOf({ body: { a: [[1], 2] } }))
})
