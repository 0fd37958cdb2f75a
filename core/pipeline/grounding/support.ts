import { isStopWord } from '../../retrieval/stop-words.ts'
import { wordsOf } from '../../retrieval/words.ts'

/** Of what a statement says, this share must stand in what it names. */
const LEAST_SHARE = 0.5
/** Of several passages, each must hold at least this much of it. */
const LEAST_SHARE_OF_EACH = 0.2
/** What a name or a number weighs beside any other word. */
const NAME_WEIGHT = 2

/** The words and numbers of a text, to be compared with those of another. */
export interface Evidence {
  words: ReadonlySet<string>
  numbers: ReadonlySet<string>
}

export function evidenceOf(text: string): Evidence {
  return { words: new Set(wordsOf(text.toLowerCase()).map(stemOf)), numbers: numbersOf(text) }
}

export const joined = (all: readonly Evidence[]): Evidence => ({
  words: new Set(all.flatMap(({ words }) => [...words])),
  numbers: new Set(all.flatMap(({ numbers }) => [...numbers]))
})

/**
 * Whether a statement can rest on a passage, by its words alone: all of its numbers stand in the passages it names, and at
 * least half of what it says. It does not know what words mean: what is said in quite other words counts as unfounded, and
 * a "not" too much goes unnoticed.
 */
export function isFounded(statement: string, passage: Evidence, named: Evidence): boolean {
  const numbers = [...numbersOf(statement)]
  if (!numbers.every((number) => named.numbers.has(number))) return false
  const words = tellingWords(statement)
  if (words.length === 0) return numbers.length === 0 || numbers.some((number) => passage.numbers.has(number))
  if (share(words, named) < LEAST_SHARE) return false
  return share(words, passage) >= LEAST_SHARE_OF_EACH || numbers.some((number) => passage.numbers.has(number))
}

interface TellingWord {
  stem: string
  weight: number
}

function share(words: readonly TellingWord[], { words: known }: Evidence): number {
  const total = words.reduce((sum, { weight }) => sum + weight, 0)
  const there = words.reduce((sum, { stem, weight }) => sum + (known.has(stem) ? weight : 0), 0)
  return there / total
}

function tellingWords(statement: string): TellingWord[] {
  const words = wordsOf(statement)
  return words.flatMap((word, index) => {
    if (isStopWord(word) || /^\d+$/.test(word) || numberWords.has(word.toLowerCase())) return []
    const isName = index > 0 && /^\p{Lu}/u.test(word)
    return [{ stem: stemOf(word.toLowerCase()), weight: isName ? NAME_WEIGHT : 1 }]
  })
}

/** Enough of English to take `baked` for `baking` and `loaves` for `loave`; words of other languages stay mostly as they are. */
function stemOf(word: string): string {
  const stem = word.replace(/(?<=..)ies$/, 'y').replace(/(?<=...)(?:ing|ed|es|s|ly|e)$/, '')
  return stem.replace(/([^aeiouls])\1$/, '$1')
}

const numberWords = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [word, String(value)])
)

/** As numbers are meant: `1,000` is `1000`, `3.50` is `3.5`, `three` is `3`. */
function numbersOf(text: string): Set<string> {
  const digits = (text.match(/\d+(?:[.,]\d+)*/g) ?? []).map((written) => {
    const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(written)
      ? written.replaceAll(',', '')
      : written.replace(',', '.')
    const value = Number(plain)
    return Number.isFinite(value) ? String(value) : written
  })
  const words = (text.toLowerCase().match(/[a-z]+/g) ?? []).flatMap((word) =>
    // "one" and "zero" are said without counting
    word === 'one' ? [] : (numberWords.get(word) ?? [])
  )
  return new Set([...digits, ...words])
}
