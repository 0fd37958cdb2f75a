import { describe, expect, test } from 'vitest'
import { cutIntoParts } from './body-parts.ts'

const KB = 1024
const message = (index: number, bytes = 5000) => ({
  role: 'user',
  content: `${index} `.padEnd(bytes, 'word ')
})
const messages = (turns: number, first = 'You are helpful.') => [
  { role: 'system', content: first },
  ...Array.from({ length: turns }, (_, n) => message(n))
]
const conversation = (turns: number, first?: string) =>
  Buffer.from(JSON.stringify({ model: 'a', messages: messages(turns, first), tools: [{ name: 'read' }] }))
/** Its parameters have names that messages have too. */
const tool = (index: number) => ({
  name: `tool-${index}`,
  description: `${index} `.padEnd(1500, 'use it '),
  parameters: { properties: { role: { enum: ['user'] }, system: { type: 'string' } }, required: ['role'] }
})
const tools = Array.from({ length: 30 }, (_, index) => tool(index))
const texts = (body: Buffer) => {
  const { parts, tail } = cutIntoParts(body)
  return [...parts, ...tail].map((part) => part.toString())
}

describe('a body', () => {
  test.each([0, 1, 8 * KB - 1])('of %i bytes has no parts', (size) => {
    expect(cutIntoParts(Buffer.alloc(size, 'x'))).toEqual({
      parts: [],
      rest: Buffer.alloc(size, 'x'),
      tail: []
    })
  })

  test.each([8 * KB, 15 * KB, 32 * KB])('of %i bytes and one message is one part', (size) => {
    expect(cutIntoParts(Buffer.alloc(size, 'x'))).toEqual({
      parts: [Buffer.alloc(size, 'x')],
      rest: Buffer.alloc(0),
      tail: []
    })
  })

  test.each([
    conversation(40),
    Buffer.from(JSON.stringify({ messages: messages(20), tools })),
    Buffer.from(JSON.stringify({ tools, messages: messages(20) })),
    Buffer.from(JSON.stringify({ tools })),
    Buffer.alloc(300 * KB, 'x'),
    Buffer.from('é😀'.repeat(60 * KB)),
    Buffer.alloc(200 * KB, 0x80),
    Buffer.from('"role"'.repeat(40 * KB))
  ])('is the sum of its parts, the rest and the tail, no part tiny or huge (%#)', (body) => {
    const { parts, rest, tail } = cutIntoParts(body)
    expect(Buffer.concat([...parts, rest, ...tail]).equals(body)).toBe(true)
    expect(rest.length).toBeLessThan(8 * KB + 64)
    for (const part of [...parts, ...tail]) {
      expect(part.length).toBeGreaterThanOrEqual(8 * KB)
      expect(part.length).toBeLessThanOrEqual((tail.includes(part) ? 40 : 32) * KB)
    }
  })

  test('is never cut within a character', () => {
    const { parts, rest, tail } = cutIntoParts(Buffer.from(`{"tools"${'é😀'.repeat(60 * KB)}`))
    expect(tail.length).toBeGreaterThan(8)
    expect([...parts, rest, ...tail].map((piece) => piece.toString()).join('')).toBe(
      `{"tools"${'é😀'.repeat(60 * KB)}`
    )
  })
})

test('the next turn of a conversation shares all but its end with the one before', () => {
  const before = texts(conversation(40))
  const after = texts(conversation(42))
  expect(before.length).toBeGreaterThan(8)
  expect(after.filter((part) => !before.includes(part)).length).toBeLessThanOrEqual(2)
})

test.each([
  ['', [{ type: 'text', text: 'line '.repeat(4000) }]],
  ['  ', 'line '.repeat(4000)]
])('a large last message keeps its part when others follow (indented by "%s")', (indent, content) => {
  const sent = (turns: number) =>
    texts(
      Buffer.from(
        JSON.stringify(
          { messages: [...messages(8), { role: 'user', content }, ...messages(turns).slice(1)] },
          null,
          indent
        )
      )
    )
  expect(sent(2)).toEqual(expect.arrayContaining(sent(0)))
})

test('a change at its beginning does not move the parts after it', () => {
  const before = texts(conversation(40))
  const after = texts(conversation(40, 'You are helpful. Today is Monday.'))
  expect(after.filter((part) => !before.includes(part)).length).toBeLessThanOrEqual(2)
})

test.each([
  ['tools', (turns: number) => ({ messages: messages(turns), tools })],
  [
    'instructions and tools',
    (turns: number) => ({ messages: messages(turns), system: 'word '.repeat(3000), tools })
  ],
  [
    'instructions',
    (turns: number) => ({ contents: messages(turns), systemInstruction: 'word '.repeat(3000) })
  ]
])('%s that follow a conversation keep their parts while it grows', (_, request) => {
  const following = cutIntoParts(Buffer.from(JSON.stringify(request(1)))).tail.map(String)
  expect(following.length).toBeGreaterThan(0)
  for (let turns = 1; turns < 20; turns++) {
    expect(texts(Buffer.from(JSON.stringify(request(turns)))).slice(-following.length)).toEqual(following)
  }
})
