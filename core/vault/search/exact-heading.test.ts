import { expect, test } from 'vitest'
import type { FoundChunk } from '../../retrieval/knowledge-index.ts'
import { exactHeadings } from './exact-heading.ts'

const loaf = `## Dough
Flour, salt and – first of all – water.

### \`Rest\` well
Overnight, in the cold.

### Oven
Hot, with salt on the crust and steam.
`

/** A passage of the note Bread in which these words were found. */
function found(words: string[], changed: Partial<FoundChunk['chunk']> = {}): FoundChunk {
  const chunk = { headings: ['Dough'], text: loaf, start: 0, end: 0, page: null, ...changed }
  const places = words.flatMap((word) =>
    [...chunk.text.matchAll(new RegExp(word, 'gi'))].map(({ index }): [number, number] => [
      index,
      index + word.length
    ])
  )
  return {
    document: { path: 'Bread.md', kind: 'markdown', title: 'Bread', tags: [], modifiedAt: 0 },
    chunk,
    highlights: places.toSorted(([a], [b]) => a - b),
    score: 1,
    why: {
      ...{ words: 1, meaning: 0, links: 0, recency: 0 },
      ...{ reranker: null, bm25: 1, cosine: null, matchedWords: words }
    }
  }
}

test.each([
  ['the section that has the words', ['overnight'], ['Dough', 'Rest well']],
  ['the one that has what others have not', ['salt', 'steam'], ['Dough', 'Oven']],
  ['the one that is named so', ['rest', 'crust'], ['Dough', 'Rest well']],
  ['the first one where several have them', ['salt'], ['Dough']]
])('names %s', (_, words, headings) => {
  expect(exactHeadings(found(words))).toEqual(headings)
})

test('names what stands above the passage, and not the title', () => {
  const below = { headings: ['Baking', 'Loaves'], text: '### Rye\nDark.\n### Wheat\nWhite.' }
  expect(exactHeadings(found(['white'], below))).toEqual(['Baking', 'Loaves', 'Wheat'])
  const titled = { headings: [], text: '# Bread\nA start.\n## Crumb\nSoft.' }
  expect(exactHeadings(found(['soft'], titled))).toEqual(['Crumb'])
  expect(exactHeadings(found(['start'], titled))).toEqual([])
  const only = { headings: ['Dough'], text: '# Bread\n\n## Dough\n\nIt rests for hours.' }
  expect(exactHeadings(found(['rests'], only))).toEqual(['Dough'])
})

test('keeps what the passage stands under where the words are above its first heading, or nowhere', () => {
  const rest = { headings: ['Dough'], text: 'Water at last.\n### Oven\nHot.' }
  expect(exactHeadings(found(['water'], rest))).toEqual(['Dough'])
  expect(exactHeadings(found([], rest))).toEqual(['Dough'])
})

test('takes no line of other files for a heading', () => {
  const code = found(['white'], { headings: [], text: '# one\nred\n# two\nwhite' })
  expect(exactHeadings({ ...code, document: { ...code.document, kind: 'code' } })).toEqual([])
})
