import { describe, expect, it } from 'vitest'
import {
  cachedPercent,
  callsWords,
  differenceWords,
  savedWords,
  sumDetails,
  sumSavings,
  sumWords
} from './cost-words.ts'

const sum = {
  calls: 0,
  nanoUsd: 0,
  unknownPriceCalls: 0,
  onDeviceCalls: 0,
  onDeviceMs: 0,
  inputTokens: 0,
  cacheReadTokens: 0,
  outputTokens: 0,
  savedNanoUsd: 0,
  failedCalls: 0
}

it('counts calls, and those of this machine apart', () => {
  expect(callsWords({ ...sum, calls: 1 })).toBe('1 call')
  expect(callsWords({ ...sum, calls: 3310, onDeviceCalls: 1037 })).toBe('3,310 calls, 1,037 on-device')
})

describe('sumWords', () => {
  it('never shows as nothing what ran here or what nobody can price', () => {
    expect(sumWords({ ...sum, calls: 2, onDeviceCalls: 2, onDeviceMs: 720_000 })).toBe('12 min here')
    expect(sumWords({ ...sum, calls: 2, unknownPriceCalls: 1 })).toBe('unknown')
    expect(sumWords({ ...sum, calls: 2, unknownPriceCalls: 1, nanoUsd: 4_200_000 })).toBe('$0.0042')
    expect(sumWords({ ...sum, calls: 1 })).toBe('$0.00')
  })
})

it('says of a row every digit, and the time and the energy of what ran here', () => {
  expect(sumDetails({ ...sum, nanoUsd: 1_000_000_001 })).toBe('$1.000000001')
  const here = { ...sum, calls: 3, onDeviceCalls: 2, onDeviceMs: 720_000 }
  expect(sumDetails(here)).toBe('$0.00; 12 min on this machine')
  expect(sumDetails({ ...here, onDeviceWattHours: null })).toBe('$0.00; 12 min on this machine')
  expect(sumDetails({ ...here, onDeviceWattHours: 4.234 })).toBe(
    '$0.00; 12 min on this machine, about 4.2 Wh'
  )
  expect(sumDetails({ ...here, onDeviceWattHours: 1234 })).toContain('about 1,200 Wh')
})

it('says what share came out of caches, and nothing where nothing was read', () => {
  expect(cachedPercent({ ...sum, inputTokens: 200, cacheReadTokens: 176 })).toBe(88)
  expect(cachedPercent(sum)).toBeNull()
})

it('adds up savings, and leaves out what calls here would have cost where nobody knows', () => {
  const saved = { cacheNanoUsd: 1e9, promptCacheNanoUsd: 5e8, onDeviceNanoUsd: null, note: null }
  expect(sumSavings(saved)).toBe(1.5e9)
  expect(savedWords(saved)).toBe('$1.00 by kept answers, $0.50 by providers’ prompt caches.')
  const all = { ...saved, onDeviceNanoUsd: 2e9, note: 'As openai/gpt-5.2.' }
  expect(sumSavings(all)).toBe(3.5e9)
  expect(savedWords(all)).toContain('$2.00 by models on this machine. As openai/gpt-5.2.')
})

it('says how two sums differ', () => {
  expect(differenceWords(10e9, 7e9)).toBe('$3.00 less, 30 %')
  expect(differenceWords(10e9, 15e9)).toBe('$5.00 more, 50 %')
  expect(differenceWords(0, 1e9)).toBe('$1.00 more')
  expect(differenceWords(5, 5)).toBe('the same')
})
