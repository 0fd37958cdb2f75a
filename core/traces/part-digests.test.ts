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
  const first = digests.partOf(body)
  body[500] = 0x62
  expect(digests.partOf(body).digest).toEqual(sha256(body))
  expect(digests.partOf(Buffer.alloc(1000, 'a'))).toEqual(first)
  expect(first).toEqual({ bytes: Buffer.alloc(1000, 'a'), digest: sha256(Buffer.alloc(1000, 'a')) })
})
