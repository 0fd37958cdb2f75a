import { describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatParameters, formatSpeed, tokensPerSecond } from './tokens.ts'

describe('tokens', () => {
  it('measures speed after the first token only', () => {
    expect(tokensPerSecond(300, 1000, 5000)).toBe(75)
    expect(tokensPerSecond(300, null, 3000)).toBe(100)
  })

  it('has no speed for an answer of one token or of no length', () => {
    expect(tokensPerSecond(1, 10, 500)).toBeNull()
    expect(tokensPerSecond(50, 500, 500)).toBeNull()
    expect(tokensPerSecond(50, 500, null)).toBeNull()
  })

  it('writes numbers as people read them', () => {
    expect(formatCount(6102)).toBe('6,102')
    expect([74.4, 3.21].map(formatSpeed)).toEqual(['74 tok/s', '3.2 tok/s'])
    expect([512, 480_000, 4_100_000_000, 999_999_999].map(formatBytes)).toEqual([
      '512 B',
      '480 kB',
      '4.1 GB',
      '1.0 GB'
    ])
    expect([4.02e9, 135e6].map(formatParameters)).toEqual(['4.0B', '135M'])
  })
})
