import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('says how fast it goes and how long it takes', () => {
  let now = 0
  const pace = new Pace('reading', 100, () => now)
  now = 2000
  pace.did(40)
  expect(pace.progress()).toEqual({ step: 'reading', done: 40, total: 100, perSecond: 20, secondsLeft: 3 })
  pace.more(20)
  expect(pace.progress().secondsLeft).toBe(4)
})

test('goes by what was done lately', () => {
  let now = 0
  const pace = new Pace('embedding', 1000, () => now)
  for (; now < 20_000; now += 1000) pace.did(1)
  for (; now <= 40_000; now += 1000) pace.did(10)
  expect(pace.progress().perSecond).toBeGreaterThan(8)
})

test('knows no rate before anything is done', () => {
  expect(new Pace('scanning', 0, () => 0).progress()).toMatchObject({ perSecond: 0, secondsLeft: null })
})
