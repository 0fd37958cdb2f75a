import type { SearchHit } from '../../../../core/contract/knowledge.ts'

export interface ScorePart {
  label: string
  /** Share of the score. */
  points: number
  detail: string
}

/** What a hit's score is made of, in its order of weight; parts that add nothing are left out. */
export function scoreParts({ why }: Pick<SearchHit, 'why'>): ScorePart[] {
  const { words, meaning, links, recency, reranker, diversity, bm25, cosine, matchedWords } = why
  const parts: ScorePart[] = [
    { label: 'Words', points: words, detail: wordsDetail(matchedWords, bm25) },
    {
      label: 'Meaning',
      points: meaning,
      detail: cosine === null ? 'near in meaning' : `cosine ${cosine.toFixed(2)}`
    },
    { label: 'Links', points: links, detail: 'linked with other hits' },
    { label: 'Recency', points: recency, detail: 'changed lately' },
    { label: 'Reranker', points: reranker ?? 0, detail: 'read with the question' },
    { label: 'Variety', points: diversity ?? 0, detail: 'much like a passage above' }
  ]
  return parts.filter(({ points }) => Math.abs(points) >= 0.0005).sort((a, b) => b.points - a.points)
}

function wordsDetail(matched: readonly string[], bm25: number | null): string {
  const raw = bm25 === null ? [] : [`BM25 ${bm25.toFixed(1)}`]
  return [matched.join(', '), ...raw].filter(Boolean).join(' · ')
}
