import { expect, it } from 'vitest'
import { callOf } from '../list/call-samples.test-support.ts'
import { comparableGroups } from './comparable-calls.ts'

it('lists each other call once, those of the session first', () => {
  const calls = [4, 3, 2, 1].map((id) => callOf(id, { title: id === 2 ? '' : `call ${id}` }))
  const ofSession = calls.filter((_, index) => index < 2)
  const [trace] = calls
  const groups = comparableGroups(trace ?? callOf(0), ofSession, calls, 63_000)
  expect(
    groups.map(({ label, items }) => [label, ...items.map((item) => `${item.label}, ${item.hint}`)])
  ).toEqual([
    ['Same session', 'call 3 · fast → gpt-5.2, 1m'],
    ['Newest calls', 'fast → gpt-5.2, 1m', 'call 1 · fast → gpt-5.2, 1m']
  ])
})

it('has no empty group', () => {
  expect(comparableGroups(callOf(1), [], [callOf(1)], 0)).toEqual([])
})
