import { expect, it } from 'vitest'
import type { Block } from './block.ts'
import { chunkBlocks } from './chunk-blocks.ts'

/** A text of blocks, each with a blank line behind it; a heading is written as in Markdown. */
function chunksOf(written: readonly [Block['kind'], string][], title = '') {
  let text = ''
  const blocks: Block[] = []
  for (const [kind, piece] of written) {
    const start = text.length
    const level = kind === 'heading' ? piece.search(/[^#]/) : 0
    text += `${piece}\n\n`
    const searched = kind === 'heading' ? piece.slice(level + 1) : piece
    blocks.push({ kind, start, end: start + piece.length, searched, level })
  }
  const seen = (start: number, end: number): string => text.slice(start, end)
  return chunkBlocks(text, blocks, { title, seen }).map((chunk) => ({
    ...chunk,
    text: text.slice(chunk.start, chunk.end)
  }))
}
const words = (length: number, word = 'word'): string => `${word} `.repeat(length / (word.length + 1)).trim()
const headings = (chunks: { headings: string[] }[]): string[] =>
  chunks.map((chunk) => chunk.headings.join(' › '))

it('takes a text apart at its headings, and says under which a passage stands', () => {
  const chunks = chunksOf([
    ['paragraph', words(600)],
    ['heading', '# A'],
    ['paragraph', words(600)],
    ['heading', '## A1'],
    ['paragraph', words(600)],
    ['heading', '# B'],
    ['paragraph', words(600)]
  ])
  expect(headings(chunks)).toEqual(['', 'A', 'A › A1', 'B'])
})

it('leaves the title out of the headings', () => {
  const text = words(600)
  const chunks = chunksOf(
    [
      ['heading', '# Tea'],
      ['heading', '## Green'],
      ['paragraph', text]
    ],
    'Tea'
  )
  expect(headings(chunks)).toEqual(['Green'])
})

it('keeps short neighbours under one heading together, and no others', () => {
  const chunks = chunksOf([
    ['heading', '# A'],
    ['paragraph', words(600)],
    ['heading', '## A1'],
    ['paragraph', 'one'],
    ['heading', '## A2'],
    ['paragraph', 'two'],
    ['heading', '# B'],
    ['paragraph', words(1500)],
    ['heading', '# C'],
    ['paragraph', 'three']
  ])
  expect(headings(chunks)).toEqual(['A', 'B', 'C'])
  expect(chunks[0]?.text).toContain('two')
})

it('does not put the end of one part and the start of another together', () => {
  const chunks = chunksOf([
    ['heading', '# A'],
    ['paragraph', words(1500)],
    ['heading', '## A1'],
    ['paragraph', 'one'],
    ['heading', '# B'],
    ['paragraph', 'two']
  ])
  expect(headings(chunks)).toEqual(['A', 'A › A1', 'B'])
})

it('leaves no heading without what stands under it', () => {
  const chunks = chunksOf([
    ['paragraph', words(1500)],
    ['heading', '# A'],
    ['paragraph', 'one'],
    ['heading', '# B'],
    ['paragraph', 'two']
  ])
  for (const chunk of chunks) expect(chunk.text).not.toMatch(/# [AB]\s*$/)
})

it('makes passages of about 1,600 characters of whole blocks', () => {
  const chunks = chunksOf(Array.from({ length: 30 }, () => ['item', words(300)]))
  expect(chunks.length).toBeGreaterThan(4)
  for (const { text } of chunks) {
    expect(text.length).toBeLessThanOrEqual(2000)
    expect(text.length).toBeGreaterThan(900)
    expect(text).toBe(text.trim())
  }
})

it('keeps a table and code whole up to 4,000 characters', () => {
  const code = words(3900)
  const chunks = chunksOf([
    ['paragraph', words(1200)],
    ['code', code],
    ['paragraph', words(1200)]
  ])
  expect(chunks.some(({ text }) => text.includes(code))).toBe(true)
})

it('takes a longer table apart between rows, and searches its head with every part', () => {
  const table = [
    '| Name | Price |',
    '|---|---|',
    ...Array.from({ length: 300 }, (_, row) => `| Tea ${row} | ${row} |`)
  ]
  const chunks = chunksOf([['table', table.join('\n')]])
  expect(chunks.length).toBeGreaterThan(2)
  for (const { searched, text } of chunks) {
    expect(searched).toContain('Price')
    expect(text).toMatch(/^\|[\s\S]*\|$/)
  }
})

it('takes a text without a break apart between sentences, or words, or characters, and loses none', () => {
  const sentence = `${words(150)}. `
  for (const text of [sentence.repeat(40).trim(), words(9000), '茶'.repeat(5000), '🍵'.repeat(5000)]) {
    const chunks = chunksOf([['paragraph', text]])
    expect(chunks.length).toBeGreaterThan(2)
    expect(
      chunks
        .map((chunk) => chunk.text)
        .join('')
        .replaceAll(/\s/g, '')
    ).toBe(text.replaceAll(/\s/g, ''))
    for (const chunk of chunks) expect(chunk.text.isWellFormed()).toBe(true)
  }
  const parts = chunksOf([['paragraph', sentence.repeat(40).trim()]])
  for (const { text } of parts) expect(text).toMatch(/\.$/)
})
