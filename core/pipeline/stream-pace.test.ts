import { expect, test } from 'vitest'
import { StreamPace } from './stream-pace.ts'

const paceOf = (...times: number[]): StreamPace => {
  const pace = new StreamPace()
  for (const time of times) pace.heard(time)
  return pace
}

test('says how fast a stream was written after its first token, and its longest pause', () => {
  expect(paceOf(3000, 3500, 5600, 6000).words(60)).toEqual(['20 tokens/s', 'longest pause 2.1 s'])
})

test.each([
  ['nothing came', paceOf(), 10],
  ['all came at once', paceOf(900, 901), 10],
  ['tokens are unknown and pauses short', paceOf(0, 400, 800), null]
])('says nothing where %s', (_, pace, tokens) => {
  expect(pace.words(tokens)).toEqual([])
})

test('tells how long each event came after the one before', () => {
  const pace = new StreamPace()
  expect([100, 105, 130].map((time) => pace.heard(time))).toEqual([null, 5, 25])
})
