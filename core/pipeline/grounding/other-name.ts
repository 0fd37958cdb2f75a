import { type Quantity, quantitiesOf, restsOn } from './quantities.ts'
import { beginsWithPronoun } from './sentences.ts'
import { shareOf, stemsOf, type TellingWord, tellingWords } from './telling-words.ts'

/** A sentence that holds this much of what a statement says beside names says it of somebody. */
const LEAST_SHARE = 0.75
const LEAST_WORDS = 2
/** Sentences this near to the one that fits best fit as well. */
const NEAR = 0.05
const german = /\b(?:der|die|das|den|dem|des|und|ein|eine|einen|ist|im|nicht|für|mit)\b/gi
const english = /\b(?:the|of|and|a|is|was|in|to|for|with|at|by|on)\b/gi

/** A sentence of a passage. */
export interface KnownSentence {
  words: readonly TellingWord[]
  stems: ReadonlySet<string>
  numbers: readonly Quantity[]
  /** Words of the sentence before it, where it goes on about that. */
  about: ReadonlySet<string>
}

export const knownSentences = (sentences: readonly string[]): KnownSentence[] =>
  sentences.map((sentence, index) => {
    const words = tellingWords(sentence)
    const about = stemsOf(beginsWithPronoun(sentence) ? (sentences[index - 1] ?? '') : '')
    return { words, stems: stemsIn(words), numbers: quantitiesOf(sentence), about }
  })

/**
 * Whether a statement says of one what a passage says of another: in the sentence that is most like it, another name stands
 * where it has one. `about`: words of what the passage stands under. German writes every noun large: there are no names to
 * be told there.
 */
export function namesAnother(
  statement: string,
  sentences: readonly KnownSentence[],
  about: ReadonlySet<string>
): boolean {
  if (writesNounsLarge(statement)) return false
  const words = tellingWords(statement)
  const said = { words, stems: stemsIn(words), numbers: quantitiesOf(statement) }
  const isAnywhere = (stem: string): boolean => sentences.some(({ stems }) => stems.has(stem))
  const fits = sentences.map((sentence) => compare(said, sentence, about, isAnywhere))
  const best = Math.max(0, ...fits.map(({ fit }) => fit))
  const nearest = fits.filter(({ fit }) => fit >= best - NEAR)
  return (
    best >= LEAST_SHARE &&
    nearest.some(({ isOther }) => isOther) &&
    // a sentence without all of its names cannot speak for it
    nearest.every(({ isOther, isWhole }) => isOther || !isWhole)
  )
}

interface Comparison {
  /** How much of what is said beside missing names stands in the sentence, from 0 to 1. */
  fit: number
  isWhole: boolean
  isOther: boolean
}

function compare(
  said: Omit<KnownSentence, 'about'>,
  known: KnownSentence,
  about: ReadonlySet<string>,
  isAnywhere: (stem: string) => boolean
): Comparison {
  const isKnown = (stem: string): boolean => known.stems.has(stem) || known.about.has(stem) || about.has(stem)
  const missing = said.words.filter(({ stem, name }) => name && !isKnown(stem))
  const left = known.words.filter(({ stem }) => !said.stems.has(stem))
  const rest = said.words.filter((word) => !missing.includes(word))
  const held = said.numbers.filter((number) => known.numbers.some((other) => restsOn(number, other)))
  const all = rest.length + said.numbers.length
  const there = shareOf(rest, (stem) => known.stems.has(stem)) * rest.length + held.length
  const isExact = there === all && !missing.some(({ stem }) => isAnywhere(stem))
  return {
    fit: all < LEAST_WORDS ? 0 : there / all,
    isWhole: missing.length === 0,
    isOther: isReplaced(missing, left, isExact)
  }
}

/** Whether what is missing gave way to what is left. `isExact`: all else is there, and it is nowhere. */
function isReplaced(
  missing: readonly TellingWord[],
  left: readonly TellingWord[],
  isExact: boolean
): boolean {
  const isSure = missing.some(({ name }) => name === 'sure')
  if (isSure && left.some(({ name }) => name === 'sure')) return true
  // where all else is the same, a word that may be a name is one; "Heating" and "Cooking" begin sentences too
  const isFirst = missing.some(({ name }) => name === 'first')
  const [one, ...more] = left
  return isExact && one !== undefined && more.length === 0 && (isSure || (isFirst && one.name !== null))
}

const stemsIn = (words: readonly TellingWord[]): Set<string> => new Set(words.map(({ stem }) => stem))

const writesNounsLarge = (text: string): boolean =>
  (text.match(german)?.length ?? 0) > (text.match(english)?.length ?? 0)
