import { expect, test } from 'vitest'
import { checkCitations } from './check-citations.ts'
import { passageOf } from './grounding.test-support.ts'
import { type SupportPair, supported, unsupported } from './support-pairs.test-support.ts'

const isSupported = ([text, statement]: SupportPair): boolean | null | undefined =>
  checkCitations(`${statement} [1]`, [passageOf(1, { title: 'Note', headings: [], path: 'Note.md', text })])
    .citations[0]?.supported

test.each(supported)('by %j stands %j', (...pair) => {
  expect(isSupported(pair)).toBe(true)
})

test.each(unsupported)('by %j does not stand %j', (...pair) => {
  expect(isSupported(pair)).toBe(false)
})
