import { expect, test } from 'vitest'
import { packBodyKey, unpackBodyKey } from './body-key.ts'

const digests = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => Buffer.alloc(32, first + index))

test.each([
  { parts: digests(3), hasRest: false, tail: [] },
  { parts: digests(3), hasRest: true, tail: [] },
  { parts: digests(2), hasRest: true, tail: digests(2, 2) },
  { parts: [], hasRest: true, tail: digests(128) }
])('a key gives back what it was made of (%#)', (key) => {
  expect(unpackBodyKey(new Uint8Array(packBodyKey(key)))).toEqual({
    parts: key.parts.map((digest) => new Uint8Array(digest)),
    hasRest: key.hasRest,
    tail: key.tail.map((digest) => new Uint8Array(digest))
  })
})
