import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { PartDigests } from './part-digests.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

test('gives the digest of every part, also of those that differ only in their middle', () => {
  const digests = new PartDigests()
  const parts = Array.from({ length: 300 }, (_, n) =>
    Buffer.from(`${'a'.repeat(100)}${String(n).padStart(3, '0')}${'z'.repeat(100)}`)
  )
  for (const part of [...parts, ...parts])
    expect(digests.partOf(Buffer.from(part)).digest).toEqual(sha256(part))
})

test('keeps to what a part was when its bytes are used for something else', () => {
  const digests = new PartDigests()
  const body = Buffer.alloc(1000, 'a')
  digests.partOf(body)
  digests.partOf(body)
  body[500] = 0x62
  expect(digests.partOf(body).digest).toEqual(sha256(body))
  const again = Buffer.alloc(1000, 'a')
  expect(digests.partOf(again).digest).toEqual(sha256(again))
})

test('keeps no copy of a part that came once, and one of a part that came again', () => {
  const digests = new PartDigests()
  const sent = [1, 2, 3].map(() => Buffer.alloc(1000, 'a'))
  const [first, second, third] = sent.map((bytes) => digests.partOf(bytes).bytes)
  expect(first).toBe(sent[0])
  expect(second).toBe(sent[1])
  expect(third).toEqual(sent[2])
  expect(sent).not.toContain(third)
})
