import { isStopWord } from '../../retrieval/stop-words.ts'
import { wordsOf } from '../../retrieval/words.ts'
import { isNegation } from './negation-words.ts'
import { isNumberWord, isUnit } from './quantities.ts'

/** What a name weighs beside any other word. */
const NAME_WEIGHT = 2

/** A word that says what a text is about. */
export interface TellingWord {
  stem: string
  weight: number
  /** `first`: written large, but so is every word that begins a sentence. */
  name: 'sure' | 'first' | null
}

/** Of one sentence, in its order; neither numbers nor negations are among them. */
export function tellingWords(sentence: string): TellingWord[] {
  return wordsOf(sentence).flatMap((word, index, all) => {
    const lower = word.toLowerCase()
    if (isStopWord(word) || isNumber(lower) || isNegation(lower)) return []
    if (isUnit(lower) && isNumber(all[index - 1]?.toLowerCase() ?? '')) return []
    const isLarge = /^\p{Lu}/u.test(word)
    const name = isLarge ? (index > 0 ? 'sure' : 'first') : null
    return [{ stem: stemOf(lower), weight: name === 'sure' ? NAME_WEIGHT : 1, name }]
  })
}

const isNumber = (word: string): boolean => /^\d+$/.test(word) || isNumberWord(word)

/** How much of these words is there, from 0 to 1; 1 where there are none. */
export function shareOf(words: readonly TellingWord[], isKnown: (stem: string) => boolean): number {
  const total = words.reduce((sum, { weight }) => sum + weight, 0)
  const there = words.reduce((sum, { stem, weight }) => sum + (isKnown(stem) ? weight : 0), 0)
  return total === 0 ? 1 : there / total
}

export const stemsOf = (text: string): Set<string> =>
  new Set(wordsOf(text).map((word) => stemOf(word.toLowerCase())))

/** Verbs that answers tend to put into another tense. */
const irregular = new Map(
  (
    'took take taken take paid pay went go gone go ran run made make gave give given give bought buy sold sell sent send ' +
    'kept keep left leave met meet said say told tell found find held hold began begin begun begin wrote write written write ' +
    'chose choose chosen choose drove drive driven drive ate eat eaten eat drank drink saw see seen see got get lost lose'
  )
    .split(' ')
    .flatMap((form, index, all) => (index % 2 === 0 ? [[form, all[index + 1] ?? form] as const] : []))
)

/** Enough of English to take `baked` for `baking` and `loaves` for `loave`; words of other languages stay mostly as they are. */
function stemOf(word: string): string {
  const plain = irregular.get(word) ?? word
  const stem = plain.replace(/(?<=..)ies$/, 'y').replace(/(?<=...)(?:ing|ed|es|s|ly|e)$/, '')
  return stem.replace(/([^aeiouls])\1$/, '$1')
}
