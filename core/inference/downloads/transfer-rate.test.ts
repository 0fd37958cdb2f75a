import { expect, test } from 'vitest'
import { TransferRate } from './transfer-rate.ts'

test('is unknown before it was measured, then bytes per second', () => {
  const rate = new TransferRate(0)
  rate.add(1000, 10)
  expect(rate.read(20)).toBeNull()
  rate.add(1000, 1000)
  expect(rate.read(1000)).toBeCloseTo(2000)
})

test('follows the line, the last seconds counting most', () => {
  const rate = new TransferRate(0)
  for (let second = 1; second <= 10; second += 1) rate.add(1000, second * 1000)
  expect(rate.read(10_000)).toBeCloseTo(1000)
  for (let second = 11; second <= 30; second += 1) rate.add(9000, second * 1000)
  expect(rate.read(30_000)).toBeGreaterThan(8500)
})

test('falls while nothing comes', () => {
  const rate = new TransferRate(0)
  rate.add(1000, 1000)
  expect(rate.read(6000)).toBeLessThan(400)
  expect(rate.read(60_000)).toBeLessThan(1)
})
