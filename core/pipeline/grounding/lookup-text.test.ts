import { expect, test } from 'vitest'
import { lookupText } from './lookup-text.ts'

const turnsOf = (...texts: string[]) => texts.map((text) => ({ text }))
const first = 'How long does the dough of the sourdough bread rest?'

test.each([
  ['And how hot is the oven?', true],
  ['Why is that?', true],
  ['What does Anna say about it?', true],
  ['Which train goes from Lisbon to Porto on Sunday mornings?', false]
])('looks up %j together with what was asked before: %s', (text, isTogether) => {
  expect(lookupText(turnsOf(first, text))).toBe(isTogether ? `${first} ${text}` : text)
})

test('looks up a first question as it is', () => {
  expect(lookupText(turnsOf('Why?'))).toBe('Why?')
  expect(lookupText([])).toBe('')
})

test('looks up the beginning and the end of a long turn', () => {
  const text = lookupText(turnsOf(`What is this? ${'x'.repeat(50_000)} Who wrote it?`))
  expect(text.startsWith('What is this?') && text.endsWith('Who wrote it?')).toBe(true)
  expect(text.length).toBeLessThan(2000)
})
