import { describe, expect, test } from 'vitest'
import { cutIntoParts } from './body-parts.ts'

const KB = 1024
const message = (index: number, bytes = 5000) => ({
  role: 'user',
  content: `${index} `.padEnd(bytes, 'word ')
})
const conversation = (turns: number, first = 'You are helpful.') =>
  Buffer.from(
    JSON.stringify({
      model: 'a',
      messages: [{ role: 'system', content: first }, ...Array.from({ length: turns }, (_, n) => message(n))],
      tools: [{ name: 'read' }]
    })
  )
const texts = (body: Buffer) => cutIntoParts(body).parts.map((part) => part.toString())

describe('a body', () => {
  test.each([0, 1, 8 * KB - 1])('of %i bytes has no parts', (size) => {
    expect(cutIntoParts(Buffer.alloc(size, 'x'))).toEqual({ parts: [], rest: Buffer.alloc(size, 'x') })
  })

  test.each([8 * KB, 15 * KB, 32 * KB])('of %i bytes and one message is one part', (size) => {
    expect(cutIntoParts(Buffer.alloc(size, 'x'))).toEqual({
      parts: [Buffer.alloc(size, 'x')],
      rest: Buffer.alloc(0)
    })
  })

  test.each([
    conversation(40),
    Buffer.alloc(300 * KB, 'x'),
    Buffer.from('é😀'.repeat(60 * KB)),
    Buffer.alloc(200 * KB, 0x80),
    Buffer.from('"role"'.repeat(40 * KB))
  ])('is the sum of its parts and the rest, no part tiny or huge (%#)', (body) => {
    const { parts, rest } = cutIntoParts(body)
    expect(Buffer.concat([...parts, rest]).equals(body)).toBe(true)
    expect(rest.length).toBeLessThan(8 * KB)
    for (const part of parts) {
      expect(part.length).toBeGreaterThanOrEqual(8 * KB)
      expect(part.length).toBeLessThanOrEqual(32 * KB)
    }
  })

  test('is never cut within a character', () => {
    const { parts, rest } = cutIntoParts(Buffer.from('é😀'.repeat(60 * KB)))
    expect([...parts, rest].map((piece) => piece.toString()).join('')).toBe('é😀'.repeat(60 * KB))
  })
})

test('the next turn of a conversation shares all but its end with the one before', () => {
  const before = texts(conversation(40))
  const after = texts(conversation(42))
  expect(before.length).toBeGreaterThan(8)
  expect(after.filter((part) => !before.includes(part)).length).toBeLessThanOrEqual(2)
})

test('a change at its beginning does not move the parts after it', () => {
  const before = texts(conversation(40))
  const after = texts(conversation(40, 'You are helpful. Today is Monday.'))
  expect(after.filter((part) => !before.includes(part)).length).toBeLessThanOrEqual(2)
})
