import type { WordMatch } from './chunk-search-repository.ts'

/** Of the full text's own BM25, which cannot be changed. */
const BUILT_IN = { k1: 1.2, b: 0.75 }
/** What was measured to be better: a long passage is held back less, and a repeated word counts less. */
const WANTED = { k1: 0.8, b: 0.3 }

/**
 * BM25 as it would be with other parameters, exact for words that stand there once: there `b` and `k1` act by a factor that
 * depends on the length alone.
 */
export const wordScore = ({ score, length }: WordMatch): number =>
  (score * held(BUILT_IN, length)) / held(WANTED, length)

const held = ({ k1, b }: typeof WANTED, length: number): number => 1 + k1 * (1 - b + b * length)
