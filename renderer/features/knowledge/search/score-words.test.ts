import { expect, it } from 'vitest'
import { scoreParts } from './score-words.ts'

it('puts the weightiest part first and leaves out what adds nothing', () => {
  const why = {
    words: 0.4,
    meaning: 0.45,
    links: 0.1,
    recency: 0,
    reranker: null,
    diversity: -0.2,
    bm25: 8.34,
    cosine: 0.714,
    matchedWords: ['heat', 'pump']
  }
  expect(scoreParts({ why })).toEqual([
    { label: 'Meaning', points: 0.45, detail: 'near in meaning · cosine 0.71' },
    { label: 'Words', points: 0.4, detail: 'heat, pump · BM25 8.3' },
    { label: 'Links', points: 0.1, detail: 'linked with other hits' },
    { label: 'Variety', points: -0.2, detail: 'taken away for saying what a passage above says' }
  ])
})
