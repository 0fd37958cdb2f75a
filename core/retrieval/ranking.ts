import { type CandidateSources, candidatesFor } from './candidates.ts'
import type { ChunkRow } from './chunk-search-repository.ts'
import { type Fused, fuse } from './fusion.ts'
import { wordFit } from './word-fit.ts'
import type { TextMatch } from './word-matcher.ts'

/** Passages that are read to be ranked. */
const READ = 60
/** What counts of a passage that answers one part of a question only. */
const PART = 0.9
/** What the best passages of linked notes gain. */
const LINKED = 0.04

/** A passage and what its score is made of. */
export interface Ranked extends Omit<Fused, 'id'>, ChunkRow {
  links: number
  recency: number
  /** Of the question's words, how many stand in it. */
  share: number
  /** How many words the question has, or the part of it that brought the passage. */
  asked: number
}

export interface AskedQuestion {
  text: string
  words: string[]
  phrases: string[]
}

export interface RankOptions {
  sources: CandidateSources
  /** Of meaning beside words. */
  weight: number
  find(text: string): TextMatch[]
  limit: number
}

/** The passages nearest to a question. Best first. */
export function rank(question: AskedQuestion, { sources, weight, find, limit }: RankOptions): Ranked[] {
  const candidates = candidatesFor(question, sources)
  const fused = fuse(candidates, weight, sources.chunks.count()).slice(0, Math.max(READ, 2 * limit))
  const rows = new Map(sources.chunks.rows(fused.map(({ id }) => id)).map((row) => [row.id, row]))
  const ranked = fused.flatMap((candidate) => {
    const row = rows.get(candidate.id)
    if (!row) return []
    const { gain, share } = wordFit(question, row, find)
    const words = candidate.words + gain
    const found = { words, score: candidate.score + gain, share, asked: question.words.length }
    return [{ ...row, ...candidate, ...found, links: 0, recency: 0 }]
  })
  return bestFirst(ranked)
}

/** The passages of the whole question and of its parts, each once. */
export function mergeParts(whole: readonly Ranked[], parts: readonly (readonly Ranked[])[]): Ranked[] {
  const best = new Map(whole.map((passage) => [passage.id, passage]))
  for (const part of parts)
    for (const passage of part) {
      const { words, meaning, score } = passage
      const held = { ...passage, words: words * PART, meaning: meaning * PART, score: score * PART }
      if (held.score > (best.get(held.id)?.score ?? 0)) best.set(held.id, held)
    }
  return bestFirst([...best.values()])
}

/** Adds what speaks for a passage beside what it says. */
export function boosted(
  ranked: readonly Ranked[],
  links: readonly { from: number; to: number }[],
  recencyOf: (passage: Ranked) => number
): Ranked[] {
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]))
  return bestFirst(
    ranked.map((passage) => {
      const share = linked.has(passage.documentId) ? LINKED : 0
      const recency = recencyOf(passage)
      return { ...passage, links: share, recency, score: passage.score + share + recency }
    })
  )
}

const bestFirst = (passages: Ranked[]): Ranked[] => passages.sort((a, b) => b.score - a.score || a.id - b.id)
