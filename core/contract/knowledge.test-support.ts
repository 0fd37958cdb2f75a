import type { SearchHit } from './knowledge.ts'

/** A passage that was found, as far as a test does not say otherwise. */
export function hitOf(changed: Partial<SearchHit> = {}): SearchHit {
  const { text = 'Bread needs salt and time.' } = changed
  return {
    sourceId: 'vault',
    path: 'Food/Bread.md',
    kind: 'markdown',
    title: 'Bread',
    headings: ['Dough'],
    text,
    start: 0,
    end: text.length,
    page: null,
    tags: [],
    modifiedAt: Date.UTC(2026, 2, 1),
    obsidianUrl: null,
    highlights: [],
    score: 1,
    why: {
      words: 1,
      meaning: 0,
      links: 0,
      recency: 0,
      reranker: null,
      bm25: 1,
      cosine: null,
      matchedWords: []
    },
    ...changed
  }
}
