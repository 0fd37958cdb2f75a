import { expect, test } from 'vitest'
import type { Turn } from './locomo.ts'
import { turnDocuments } from './turn-documents.ts'

const turn = (id: string, session: number): Turn => ({
  id,
  session,
  speaker: 'Ann',
  text: `said in ${id}`,
  date: '8 May, 2023',
  at: 5,
  facts: [`fact of ${id}`]
})
const turns = [turn('D1:1', 1), turn('D1:2', 1), turn('D1:3', 1), turn('D1:4', 1), turn('D2:1', 2)]

test('a turn is a document that says when and by whom it was said', () => {
  const [document] = turnDocuments(turns, { facts: false })
  expect(document).toMatchObject({ path: 'D1:1', createdAt: 5 })
  expect(document?.chunks.map(({ text }) => text)).toEqual(['8 May, 2023 Ann: said in D1:1'])
})

test('its context is two turns before and after it, of its own session', () => {
  const contexts = turnDocuments(turns, { facts: false }).map(({ chunks }) => chunks[0]?.context)
  expect(contexts[0]).toBe('Ann: said in D1:2\nAnn: said in D1:3')
  expect(contexts[2]).toBe('Ann: said in D1:1\nAnn: said in D1:2\nAnn: said in D1:4')
  expect(contexts[4]).toBe('')
})

test('carries its facts only where they are asked for', () => {
  expect(turnDocuments(turns, { facts: true })[1]?.chunks[0]?.facts).toBe('fact of D1:2')
  expect(turnDocuments(turns, { facts: false })[1]?.chunks[0]).not.toHaveProperty('facts')
})
