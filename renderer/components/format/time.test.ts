import { describe, expect, it } from 'vitest'
import {
  daysBefore,
  formatAge,
  formatAgo,
  formatDuration,
  formatDurationShort,
  formatSecondsLeft
} from './time.ts'

const now = new Date(2026, 10, 21, 14, 5).getTime()
const ago = (hours: number): number => now - hours * 3_600_000

describe('formatDuration', () => {
  it.each([
    [0.1, '0.1 ms'],
    [9.2, '9 ms'],
    [612, '0.61 s'],
    [4930, '4.93 s'],
    [21_300, '21.3 s'],
    [125_000, '2 min 5 s']
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('has a shorter form that never says nothing', () => {
    expect([0.2, 612, 21_340, 90_000].map(formatDurationShort)).toEqual(['1 ms', '0.6 s', '21.3 s', '2 min'])
  })
})

describe('formatAge', () => {
  it('gets coarser with age', () => {
    expect(formatAge(now - 5000, now)).toBe('now')
    expect(formatAge(ago(0.05), now)).toBe('3m')
    expect(formatAge(ago(3), now)).toBe('3h')
    expect(formatAge(new Date(2026, 10, 16, 9).getTime(), now)).toBe('Mon')
    expect(formatAge(new Date(2026, 2, 12).getTime(), now)).toBe('12 Mar')
    expect(formatAge(new Date(2025, 2, 12).getTime(), now)).toBe('Mar 2025')
  })

  it('reads as a sentence', () => {
    expect([now, ago(3), ago(100)].map((at) => formatAgo(at, now))).toEqual(['just now', '3h ago', 'on Tue'])
  })

  it('counts midnights, not 24 hours', () => {
    expect(daysBefore(ago(15), now)).toBe(1)
    expect(daysBefore(ago(14), now)).toBe(0)
  })
})

it('rounds a time to wait up, coarser the longer it is', () => {
  expect([1, 38, 56, 61, 600, 4700, 7190].map(formatSecondsLeft)).toEqual([
    '5 s',
    '40 s',
    '1 min',
    '2 min',
    '10 min',
    '1 h 20 min',
    '2 h'
  ])
})
