import { expect, test } from 'vitest'
import { attentionOf } from './attention.ts'

const open = { flashAttention: null, kvCache: 'f16' } as const

test('a processor does without flash attention, in small batches, as long as its buffers stay small', () => {
  expect(attentionOf(open, 16_384, 0)).toEqual({ flashAttention: false, batchTokens: 128 })
  expect(attentionOf(open, 32_768, 0)).toEqual({ flashAttention: true, batchTokens: 512 })
})

test('a GPU has it, as does a quantised cache, which cannot do without', () => {
  expect(attentionOf(open, 4096, 1).flashAttention).toBe(true)
  expect(attentionOf({ ...open, kvCache: 'q8_0' }, 4096, 0).flashAttention).toBe(true)
})

test('what the person chose is done', () => {
  expect(attentionOf({ ...open, flashAttention: true }, 4096, 0).flashAttention).toBe(true)
  expect(attentionOf({ ...open, flashAttention: false }, 65_536, 33).flashAttention).toBe(false)
})
