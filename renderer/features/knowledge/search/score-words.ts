import type { SearchHit } from '../../../../core/contract/knowledge.ts'

export interface ScorePart {
  label: string
  /** Share of the score; below 0 it was taken away. */
  points: number
  detail: string
}

/** What a hit's score is made of, in its order of weight; parts that add nothing are left out. */
export function scoreParts({ why }: Pick<SearchHit, 'why'>): ScorePart[] {
  const { words, meaning, links, recency, reranker, diversity, bm25, cosine, matchedWords } = why
  const parts: ScorePart[] = [
    { label: 'Words', points: words, detail: wordsDetail(matchedWords, bm25) },
    { label: 'Meaning', points: meaning, detail: meaningDetail(cosine) },
    { label: 'Links', points: links, detail: 'linked with other hits' },
    { label: 'Recency', points: recency, detail: 'changed lately' },
    { label: 'Reranker', points: reranker ?? 0, detail: 'read with the question' },
    { label: 'Variety', points: diversity ?? 0, detail: 'taken away for saying what a passage above says' }
  ]
  return parts.filter(({ points }) => Math.abs(points) >= 0.0005).sort((a, b) => b.points - a.points)
}

function wordsDetail(matched: readonly string[], bm25: number | null): string {
  const raw = bm25 === null ? [] : [`BM25 ${bm25.toFixed(1)}`]
  return [matched.join(', '), ...raw].filter(Boolean).join(' · ')
}

const meaningDetail = (cosine: number | null): string =>
  ['near in meaning', ...(cosine === null ? [] : [`cosine ${cosine.toFixed(2)}`])].join(' · ')
