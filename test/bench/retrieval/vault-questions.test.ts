import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sectionsOf } from './note-sections.ts'
import { answerRange, covers, readVaultQuestions } from './vault-questions.ts'

const note = Buffer.from(`---
tags: [recipe]
---
Für alle.

## Dough

Flour.
\`\`\`sh
# no heading
\`\`\`
## Dough
More flour.
`)
const headed = Buffer.from('---\ntags: [recipe]\n---\n\n# Only\nText.')

test('a note falls into what stands under its headings, to the byte', () => {
  const sections = sectionsOf(note.toString())
  expect(sections.map(({ heading, start, end }) => [heading, note.subarray(start, end).toString()])).toEqual([
    [null, '---\ntags: [recipe]\n---\nFür alle.\n\n'],
    ['Dough', '## Dough\n\nFlour.\n```sh\n# no heading\n```\n'],
    ['Dough', '## Dough\nMore flour.\n']
  ])
  expect(sections.map(({ isBare }) => isBare)).toEqual([false, false, false])
})

test('properties without text belong to the whole note', () => {
  expect(answerRange({ path: 'a.md', heading: null }, headed)).toEqual({
    path: 'a.md',
    heading: null,
    ranges: [{ start: 0, end: headed.length }]
  })
  expect(answerRange({ path: 'a.md', heading: null }, note)?.ranges).toEqual([
    expect.objectContaining({ heading: null })
  ])
})

test('a place without a heading is the whole note', () => {
  expect(answerRange({ path: 'a.md' }, note)?.ranges).toEqual([{ start: 0, end: note.length }])
})

test('a heading that is not in the note is no place', () => {
  expect(answerRange({ path: 'a.md', heading: 'Filling' }, note)).toBeNull()
})

test('a heading is found without its markup', () => {
  const marked = Buffer.from('## Use `read()` **first**\nText.')
  expect(answerRange({ path: 'a.md', heading: 'use read() first' }, marked)?.ranges).toHaveLength(1)
})

test('a passage answers where it overlaps the section, in that note only', () => {
  const range = answerRange({ path: 'a.md', heading: 'Dough' }, note)
  const dough = sectionsOf(note.toString())[1]
  if (range === null || dough === undefined) throw new Error('the note has that heading')
  expect(covers(range, { path: 'a.md', start: 0, end: dough.start })).toBe(false)
  expect(covers(range, { path: 'a.md', start: 0, end: dough.start + 1 })).toBe(true)
  expect(covers(range, { path: 'b.md', start: dough.start, end: dough.end })).toBe(false)
})

test('an empty passage answers for the empty part it stands in', () => {
  const range = { path: 'a.md', ranges: [{ start: 0, end: 20 }] }
  expect(covers(range, { path: 'a.md', start: 20, end: 20 })).toBe(true)
  expect(covers(range, { path: 'a.md', start: 21, end: 21 })).toBe(false)
})

test('our own questions can be read, and none is asked twice', () => {
  const folder = join(import.meta.dirname, '../vault-questions')
  const asked = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readVaultQuestions(readFileSync(join(folder, name), 'utf8')))
    .map(({ text }) => text)
  expect(new Set(asked).size).toBe(asked.length)
  expect(asked.length).toBeGreaterThanOrEqual(60)
})

test('a line names its place and others as links', () => {
  const line = { question: 'How?', path: 'a.md', heading: 'Dough', paths: ['b.md', 'c.md#Say # twice'] }
  expect(readVaultQuestions(`${JSON.stringify(line)}\n\n`)).toEqual([
    {
      text: 'How?',
      places: [{ path: 'a.md', heading: 'Dough' }, { path: 'b.md' }, { path: 'c.md', heading: 'Say # twice' }]
    }
  ])
})
