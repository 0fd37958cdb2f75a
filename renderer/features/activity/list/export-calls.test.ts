import { expect, it } from 'vitest'
import { collectExport } from './export-calls.ts'

const pages = [
  { text: 'one\n', next: '0199a0000000'.padEnd(32, '0') },
  { text: 'twö\n', next: null }
]

it('asks for page after page, and makes one file of them', async () => {
  const asked: unknown[] = []
  const progress: unknown[] = []
  const file = await collectExport(
    async (query) => {
      asked.push(query.before)
      return pages[asked.length - 1] ?? { text: '', next: null }
    },
    { format: 'csv', app: 'Chat' },
    { signal: new AbortController().signal, onProgress: (now) => progress.push(now) }
  )
  expect(await file?.text()).toBe('one\ntwö\n')
  expect(asked).toEqual([undefined, pages[0]?.next])
  expect(progress).toEqual([
    { bytes: 4, reached: 0x0199_a000_0000 },
    { bytes: 9, reached: null }
  ])
})

it('gives no part of a file when it is ended', async () => {
  const job = new AbortController()
  let asked = 0
  const file = await collectExport(
    async () => {
      asked++
      job.abort()
      return { text: 'one\n', next: '0'.repeat(32) }
    },
    {},
    { signal: job.signal, onProgress: () => {} }
  )
  expect(file).toBeNull()
  expect(asked).toBe(1)
})
