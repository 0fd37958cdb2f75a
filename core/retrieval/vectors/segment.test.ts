import { expect, test } from 'vitest'
import { discard, emptyContent } from './segment.ts'

test('what is discarded gives back its memory', () => {
  const content = emptyContent(16)
  discard(content)
  expect(content.codes.buffer.byteLength).toBe(0)
})

test('memory that others share is left to them', () => {
  const shared = new Int8Array(4096)
  discard({ ...emptyContent(16), codes: shared.subarray(0, 2048) })
  expect(shared).toHaveLength(4096)
})
