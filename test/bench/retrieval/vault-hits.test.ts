import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hitOf } from '../../../core/contract/knowledge.test-support.ts'
import { askVault, type FoundPassage } from './vault-hits.ts'

const note = '# Bread\nFlour.\n\n# Soup\nWater.\n'
let vault: string
beforeEach(() => {
  vault = mkdtempSync(join(tmpdir(), 'homeport-vault-'))
  mkdirSync(join(vault, 'Food'))
  writeFileSync(join(vault, 'Food/Meals.md'), note)
})
afterEach(() => rmSync(vault, { recursive: true, force: true }))

const passage = (path: string, from: string, until: string): FoundPassage => ({
  path,
  headings: [],
  start: note.indexOf(from),
  end: note.indexOf(until) + until.length,
  text: note,
  score: 1,
  why: hitOf().why
})
const question = { text: 'What is in soup?', places: [{ path: 'Food/Meals.md', heading: 'Soup' }] }

test('a passage of another section is the right note and not the answer', async () => {
  const found = [passage('Other.md', '#', 'Water'), passage('Food/Meals.md', '#', 'Flour')]
  found.push(passage('Food/Meals.md', '# Soup', 'Water'))
  const { passages, notes } = await askVault(vault, [question], async () => found)
  expect(passages.map(({ places }) => places)).toEqual([[3]])
  expect(notes.map(({ places }) => places)).toEqual([[2, 3]])
})

test('a passage that shows the answer under another heading is told apart', async () => {
  const whole = passage('Food/Meals.md', '#', 'Water')
  const named = { ...whole, headings: ['soup'] }
  const { passages, headings } = await askVault(vault, [question], async () => [whole, named])
  expect(passages.map(({ places }) => places)).toEqual([[1, 2]])
  expect(headings.map(({ places }) => places)).toEqual([[2]])
})

test('names the places that are not in the vault, and does not ask what only they answer', async () => {
  const cake = { path: 'Food/Meals.md', heading: 'Cake' }
  const questions = [
    { ...question, places: [cake, ...question.places] },
    { text: 'Which cake?', places: [cake, { path: 'Cakes.md' }] }
  ]
  const { passages, unknownPlaces } = await askVault(vault, questions, async () => [])
  expect(passages.map(({ text }) => text)).toEqual(['What is in soup?'])
  expect(unknownPlaces).toEqual(['Food/Meals.md#Cake', 'Food/Meals.md#Cake', 'Cakes.md'])
})
