import { expect, it } from 'vitest'
import { exportWords } from './export-words.ts'

const now = 1_800_000_000_000

it('says how many calls were sent, and only what else there is to say', () => {
  expect(exportWords({ sent: 0, waiting: 0, dropped: 0, lastSentAt: null }, now)).toBe('0 calls sent.')
  expect(exportWords({ sent: 1, waiting: 0, dropped: 0, lastSentAt: now - 1000 }, now)).toBe(
    '1 call sent. The last one just now.'
  )
  expect(exportWords({ sent: 1200, waiting: 3, dropped: 2, lastSentAt: now - 120_000 }, now)).toBe(
    '1,200 calls sent, 3 waiting, 2 lost. The last one 2m ago.'
  )
})
