import { hash } from 'node:crypto'
import type { Reader, Statement } from '../store/store.ts'
import { findQuestions, putQuestion } from './cache-repository.ts'
import { canonicalQuestion } from './question/canonical-question.ts'

/** What was asked, and the hash of everything else that the answer depends on. */
export interface AskedQuestion {
  text: string
  partition: string
}

/** A question that asks the same as another. */
export interface SimilarQuestion {
  /** Of its answer. */
  key: string
  traceId: string
  /** Cosine of the two texts' vectors. */
  similarity: number
}

export interface SimilarQuestions {
  /**
   * The nearest question of the same partition that asks the same and is at least as near as `threshold`; null without one.
   * Nearness alone says little: to word vectors "2014" and "2018", or "with" and "without", are almost the same.
   */
  find(asked: AskedQuestion, threshold: number, createdAfter: number): Promise<SimilarQuestion | null>
  /** Null for what is no question that another one could be compared with. */
  put(key: string, asked: AskedQuestion, traceId: string): Statement | null
}

/** `embed` gives vectors of length 1, in the texts' order. */
export function createSimilarQuestions(
  reader: Reader,
  embed: (texts: readonly string[]) => Promise<Float32Array[]>
): SimilarQuestions {
  return {
    async find(asked, threshold, createdAfter) {
      const meaning = meaningOf(asked)
      const candidates = meaning ? findQuestions(reader, meaning, createdAfter) : []
      if (candidates.length === 0) return null
      const [own, ...others] = await embed([asked.text, ...candidates.map(({ question }) => question)])
      let best: SimilarQuestion | null = null
      for (const [at, { key, traceId }] of candidates.entries()) {
        const similarity = cosine(own, others[at])
        if (similarity >= threshold && similarity > (best?.similarity ?? 0))
          best = { key, traceId, similarity }
      }
      return best
    },
    put(key, asked, traceId) {
      const meaning = meaningOf(asked)
      return meaning && putQuestion({ key, meaning, question: asked.text, traceId })
    }
  }
}

function meaningOf({ text, partition }: AskedQuestion): Uint8Array | null {
  const canonical = canonicalQuestion(text)
  return canonical === null ? null : hash('sha256', `${partition}\n${canonical}`, 'buffer')
}

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return Math.min(a?.reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0) ?? 0, 1)
}
