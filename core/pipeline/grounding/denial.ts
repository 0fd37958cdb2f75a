import { negationsIn } from './negation-words.ts'
import { beginsWithPronoun, clausesOf } from './sentences.ts'
import { shareOf, stemsOf, type TellingWord, tellingWords } from './telling-words.ts'

/** A clause that says this much of another is about the same. */
const LEAST_SHARE = 0.6
const LEAST_WORDS = 2
/** Clauses this near to the one that fits best fit as well. */
const NEAR = 0.05

/**
 * Whether a statement says that something is not so where a passage says that it is, or the other way round. It compares
 * each clause with the one that is most like it; what is denied twice is left alone.
 */
export function denies(statement: string, known: readonly KnownClause[]): boolean {
  const clauses = clausesOf(statement)
  const inAll = negationsIn(statement)
  return clauses.some((clause) => {
    const words = tellingWords(clause)
    const negations = negationsIn(clause)
    if (words.length < LEAST_WORDS || negations > 1) return false
    const isOpposite = (other: KnownClause): boolean =>
      other.negations + negations === 1 &&
      // the same may be denied in another clause: "had no map when" for "went without a map"
      !(clauses.length > 1 && inAll === other.negationsOfSentence)
    const fits = known.map((other) => ({ other, fit: fitOf(words, other) })).filter(({ fit }) => fit > 0)
    const best = Math.max(...fits.map(({ fit }) => fit))
    const nearest = fits.filter(({ fit }) => fit >= best - NEAR)
    return nearest.length > 0 && nearest.every(({ other }) => isOpposite(other))
  })
}

/** A clause of a passage, with what it denies. */
export interface KnownClause {
  stems: ReadonlySet<string>
  /** Those of the clause that says who it is about, which is said only once. */
  lead: ReadonlySet<string>
  negations: number
  negationsOfSentence: number
}

export const knownClauses = (sentences: readonly string[]): KnownClause[] =>
  sentences.flatMap((sentence, index) => {
    const clauses = clausesOf(sentence)
    const before = beginsWithPronoun(sentence) ? (clausesOf(sentences[index - 1] ?? '')[0] ?? '') : ''
    const negationsOfSentence = negationsIn(sentence)
    const stems = clauses.map(stemsOf)
    const lead = new Set([...stemsOf(before), ...(stems[0] ?? [])])
    return clauses.map((clause, at) => ({
      stems: stems[at] ?? lead,
      lead,
      negations: negationsIn(clause),
      negationsOfSentence
    }))
  })

/** 0 where it is about something else. */
function fitOf(words: readonly TellingWord[], { stems, lead }: KnownClause): number {
  const isThere = (stem: string): boolean => stems.has(stem) || lead.has(stem)
  const own = shareOf(words, (stem) => stems.has(stem))
  const whole = shareOf(words, isThere)
  const matched = words.filter(({ stem }) => isThere(stem)).length
  return own > 0 && whole >= LEAST_SHARE && matched >= LEAST_WORDS ? (own + whole) / 2 : 0
}
