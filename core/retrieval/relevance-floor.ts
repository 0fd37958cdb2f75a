import type { Ranked } from './ranking.ts'

/** So much of a question's words is as much of a sign as this nearness, seen from the middle of all vectors. */
const SHARE = 0.3
const NEARNESS = 0.8
/** So much of both together. Questions on something else rarely find a passage with more (docs/retrieval.md). */
const ENOUGH = 1.25
/** One of two words is found anywhere, six of twelve are not: a share counts as if so many words more were missing. */
const UNSURE = 1.5
/** Such nearness needs no word: another language, other words for the same. */
const NEAR = 0.65
/** Beside passages that have words of the question, one without any is so near. */
const BESIDE = 0.45

/** Whether a passage says enough of what is asked for, by words and by meaning. */
export function isNearEnough({
  share,
  asked,
  nearness
}: Pick<Ranked, 'share' | 'asked' | 'nearness'>): boolean {
  const sign = (share * asked) / (asked + UNSURE)
  if (nearness === null) return sign >= SHARE
  return nearness >= NEAR || sign / SHARE + Math.max(0, nearness) / NEARNESS >= ENOUGH
}

/** In a small index the nearest by meaning alone may be anything: such passages do not stand beside others that have words. */
export function withoutStrangers<P extends Pick<Ranked, 'bm25' | 'nearness'>>(passages: readonly P[]): P[] {
  if (passages.every(({ bm25 }) => bm25 === null)) return [...passages]
  return passages.filter(({ bm25, nearness }) => bm25 !== null || (nearness ?? 0) >= BESIDE)
}
