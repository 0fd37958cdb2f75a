import { expect, test } from 'vitest'
import { checkCitations } from './check-citations.ts'
import { passageOf } from './grounding.test-support.ts'
import { type SupportPair, supported, unsupported } from './support-pairs.test-support.ts'

async function isSupported([text, statement]: SupportPair): Promise<boolean | null | undefined> {
  const passage = passageOf(1, { title: 'Note', headings: [], path: 'Note.md', text })
  const { citations } = await checkCitations(`${statement} [1]`, [passage])
  return citations[0]?.supported
}

test.each(supported)('by %j stands %j', async (...pair) => {
  expect(await isSupported(pair)).toBe(true)
})

test.each(unsupported)('by %j does not stand %j', async (...pair) => {
  expect(await isSupported(pair)).toBe(false)
})
