import { expect, test } from 'vitest'
import { packCalls, unpackCalls } from './posted-calls.ts'
import type { WriteCall } from './writer-messages.ts'

test('calls are the same again on the other side, with the texts that went before', () => {
  const numbers = new Map<string, number>()
  const texts: string[] = []
  const pass = (calls: readonly WriteCall[]): WriteCall[] => {
    const { transfer, ...posted } = packCalls(calls, numbers)
    texts.push(...posted.texts)
    return unpackCalls(structuredClone(posted, { transfer }), texts)
  }
  const bytes = new Uint8Array(20_000).fill(7)
  const first: WriteCall[] = [
    { id: 1, database: 'traces', statements: [{ sql: 'a', params: ['x', 1.5, null, bytes] }] },
    { id: 2, database: 'homeport', statements: [] },
    {
      id: 3,
      database: 'homeport',
      statements: [
        { sql: 'b', params: [{ zstd: 'y' }], otherwise: { sql: 'a', params: [{ zstd: bytes }] } },
        { sql: 'c', params: [] }
      ]
    }
  ]
  expect(pass(first)).toEqual(first)
  expect(texts).toEqual(['a', 'b', 'c'])
  const second: WriteCall[] = [{ id: 4, database: 'traces', statements: [{ sql: 'c', params: [2] }] }]
  expect(pass(second)).toEqual(second)
  expect(texts).toHaveLength(3)
  // what was handed over was a copy
  expect(bytes).toHaveLength(20_000)
})

test('of a small value nothing is posted but itself', () => {
  const pool = new Uint8Array(8192)
  const calls: WriteCall[] = [
    { id: 1, database: 'traces', statements: [{ sql: 'a', params: [pool.subarray(0, 16)] }] }
  ]
  const { params, transfer } = packCalls(calls, new Map())
  expect(transfer).toEqual([])
  expect(params).toMatchObject([{ byteLength: 16, buffer: { byteLength: 16 } }])
})
