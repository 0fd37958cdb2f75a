import { denies, type KnownClause, knownClauses } from './denial.ts'
import { type KnownSentence, knownSentences, namesAnother } from './other-name.ts'
import { type Quantity, quantitiesOf, restsOn } from './quantities.ts'
import { sentencesOf } from './sentences.ts'
import { shareOf, stemsOf, tellingWords } from './telling-words.ts'

/** Of what a statement says, this share must stand in what it names. */
const LEAST_SHARE = 0.5
/** Of several passages, each must hold at least this much of it. */
const LEAST_SHARE_OF_EACH = 0.2

/** What a passage holds, to be compared with what is said by it. */
export interface Evidence {
  words: ReadonlySet<string>
  numbers: readonly Quantity[]
  clauses: readonly KnownClause[]
  sentences: readonly KnownSentence[]
  /** Words of what it stands under. */
  about: ReadonlySet<string>
}

/** `places`: title, headings and whatever else it stands under; they belong to what it says. */
export function evidenceOf(places: readonly string[], text: string): Evidence {
  const place = places.join('\n')
  const about = stemsOf(place)
  const written = sentencesOf(text)
  const [clauses, sentences] = [knownClauses(written), knownSentences(written)]
  return {
    words: new Set([...about, ...clauses.flatMap(({ stems }) => [...stems])]),
    numbers: [...quantitiesOf(place), ...sentences.flatMap(({ numbers }) => numbers)],
    clauses,
    sentences,
    about
  }
}

export const joined = (all: readonly Evidence[]): Evidence => ({
  words: new Set(all.flatMap(({ words }) => [...words])),
  numbers: all.flatMap(({ numbers }) => numbers),
  clauses: all.flatMap(({ clauses }) => clauses),
  sentences: all.flatMap(({ sentences }) => sentences),
  about: new Set(all.flatMap(({ about }) => [...about]))
})

/**
 * Whether a statement can rest on a passage, by its words alone: all of its numbers stand in the passages it names, with
 * their units, and at least half of what it says; and the sentences most like it neither deny it nor say it of another. It
 * does not know what words mean: what is said in quite other words counts as unfounded, and who does what to whom goes
 * unnoticed where all names are there.
 */
export function isFounded(statement: string, passage: Evidence, named: Evidence): boolean {
  const numbers = quantitiesOf(statement)
  const stands = (in_: Evidence) => (said: Quantity) => in_.numbers.some((known) => restsOn(said, known))
  if (!numbers.every(stands(named))) return false
  const holdsNumber = numbers.some(stands(passage))
  const words = tellingWords(statement)
  if (words.length === 0) return numbers.length === 0 || holdsNumber
  if (shareOf(words, (stem) => named.words.has(stem)) < LEAST_SHARE) return false
  if (denies(statement, named.clauses) || namesAnother(statement, named.sentences, named.about)) return false
  return holdsNumber || shareOf(words, (stem) => passage.words.has(stem)) >= LEAST_SHARE_OF_EACH
}
