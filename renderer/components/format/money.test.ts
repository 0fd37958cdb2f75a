import { describe, expect, it } from 'vitest'
import { formatCost, formatUsd, formatUsdExact, toNanoUsd, toUsd } from './money.ts'

describe('formatUsd', () => {
  it.each([
    [11_300_000, '$0.0113'],
    [410_000_000, '$0.41'],
    [84_000_000, '$0.0840'],
    [999_000_000, '$1.00'],
    [1_234_567_890_000, '$1,234.57'],
    [200_000, '$0.0002'],
    [42_000, '$0.000042'],
    [999, 'under $0.000001'],
    [-500_000_000, '−$0.50'],
    [0, '$0.00']
  ])('writes %i nano-USD as %s', (nano, text) => {
    expect(formatUsd(nano)).toBe(text)
  })
})

describe('formatCost', () => {
  it('never calls an unknown price free', () => {
    expect(formatCost({ kind: 'unknown' })).toBe('price unknown')
    expect(formatCost({ kind: 'free' })).toBe('on-device')
    expect(formatCost({ kind: 'priced', nanoUsd: 11_300_000, source: 's' })).toBe('$0.0113')
  })
})

describe('formatUsdExact', () => {
  it.each([
    [3_000_000_000, '$3.00'],
    [75_000_000, '$0.075'],
    [31_840_012_345, '$31.840012345'],
    [1_234_500_000_001, '$1,234.500000001'],
    [-1, '−$0.000000001'],
    [0, '$0.00']
  ])('writes every digit of %i nano-USD: %s', (nano, text) => {
    expect(formatUsdExact(nano)).toBe(text)
  })
})

it('reads dollars to the nano-dollar, whatever a binary fraction makes of them', () => {
  for (const usd of [0.1, 0.075, 60, 0.000000001, 1234.56]) expect(toUsd(toNanoUsd(usd))).toBe(usd)
})
