import { describe, expect, it } from 'vitest'
import { formatCost, formatUsd } from './money.ts'

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
