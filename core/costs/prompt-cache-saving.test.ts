import { expect, test } from 'vitest'
import type { Cost, Usage } from '../contract/usage.ts'
import { usageOf } from './costs.test-support.ts'
import { promptCacheSaving } from './prompt-cache-saving.ts'

const price = ({ input, output }: Usage): Cost => ({
  kind: 'priced',
  nanoUsd:
    input.noCache * 10 +
    input.cacheRead +
    input.cacheWrite5m * 12 +
    input.cacheWrite1h * 20 +
    output.total * 50,
  source: 's'
})
const savingOf = (usage: Usage | null): number | null =>
  promptCacheSaving(usage, usage ? price(usage) : { kind: 'unknown' }, price)

test.each([
  ['reading spares the difference to the full rate', { noCache: 5, cacheRead: 100, text: 7 }, 900],
  ['writing costs more than the full rate', { noCache: 5, cacheWrite5m: 10, cacheWrite1h: 1 }, -30],
  ['both count', { cacheRead: 10, cacheWrite5m: 10 }, 70]
])('%s', (_, counts, saved) => {
  expect(savingOf(usageOf(counts))).toBe(saved)
})

test('is not known without usage, without a price, and where nothing went through a cache', () => {
  expect(savingOf(null)).toBeNull()
  expect(savingOf(usageOf({ noCache: 10, text: 1 }))).toBeNull()
  const cached = usageOf({ cacheRead: 10 })
  expect(promptCacheSaving(cached, { kind: 'unknown' }, price)).toBeNull()
  expect(promptCacheSaving(cached, price(cached), () => ({ kind: 'unknown' }))).toBeNull()
})
