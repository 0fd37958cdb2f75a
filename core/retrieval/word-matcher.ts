import { wordsApart } from '../lib/words-apart.ts'

export interface TextMatch {
  /** Which of the words. */
  word: number
  /** Characters of the text: from, until. */
  start: number
  end: number
}

/**
 * Finds words in a text as the full text does: in any case, without accents, with other endings, within identifiers. An
 * identifier that is asked for is found whole, and before the words it is made of.
 *
 * @param typing the last word may go on
 */
export function wordMatcher(words: readonly string[], typing = false): (text: string) => TextMatch[] {
  const byStem = new Map(words.map((word, index) => [stemOf(fold(word)), index]))
  const unspaced = new Set([...byStem.keys()].filter((stem) => wordsApart(stem) !== stem))
  byStem.delete('')
  if (byStem.size === 0) return () => []
  const beginning = typing ? fold(words.at(-1) ?? '') : ''
  const stems = [...byStem.keys()].sort((a, b) => b.length - a.length)
  const anyStem = new RegExp(stems.join('|'), 'g')

  return (text) => {
    const folded = fold(text)
    const found: TextMatch[] = []
    anyStem.lastIndex = 0
    for (let match = anyStem.exec(folded); match; match = anyStem.exec(folded)) {
      const [stem] = match
      const start = match.index
      const isUnspaced = unspaced.has(stem)
      if (!isUnspaced && !beginsWord(text, start)) {
        anyStem.lastIndex = start + 1
        continue
      }
      const end = isUnspaced ? start + stem.length : wordEnd(text, start)
      const goesOn = beginning !== '' && folded.startsWith(beginning, start)
      const wholeEnd = isUnspaced || betweenWords(text, start) ? end : identifierEnd(text, end)
      const whole = wholeEnd > end ? byStem.get(stemOf(folded.slice(start, wholeEnd))) : undefined
      if (whole !== undefined) found.push({ word: whole, start, end: wholeEnd })
      const word = goesOn
        ? words.length - 1
        : byStem.get(isUnspaced ? stem : stemOf(folded.slice(start, end)))
      if (word !== undefined) found.push({ word, start, end })
      anyStem.lastIndex = Math.max(end, start + 1)
    }
    return found
  }
}

const accented = /[\u00c0-\u024f\u1e00-\u1eff]/g

/** In lower case and without accents, every character where it was. */
function fold(text: string): string {
  const plain = text.replace(accented, (letter) => letter.normalize('NFD').charAt(0))
  const lower = plain.toLowerCase()
  return lower.length === text.length ? lower : plain
}

/** About what the full text takes for the same word: without marks and English endings. */
function stemOf(word: string): string {
  const plain = word.replaceAll(/\p{M}/gu, '')
  if (plain.length < 4) return plain
  return plain.replace(/(ational|ations|ation|ingly|edly|ings|ing|ied|ies|ed|es|ly|s|e|y)$/, '')
}

const isAscii = (code: number): boolean => code < 128
const isWordCharacter = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  if (!isAscii(code)) return /[\p{L}\p{N}\p{M}\p{Cs}]/u.test(text.charAt(at))
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
}
const isUpper = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return isAscii(code) ? code >= 65 && code <= 90 : /\p{Lu}/u.test(text.charAt(at))
}

/** `get|Last`: where an identifier's next word begins. */
const betweenWords = (text: string, at: number): boolean => isUpper(text, at) && !isUpper(text, at - 1)

const beginsWord = (text: string, at: number): boolean =>
  at === 0 || !isWordCharacter(text, at - 1) || betweenWords(text, at)

/** Where the identifier ends whose first word ends at `end`. */
function identifierEnd(text: string, end: number): number {
  let at = end
  while (at < text.length && isWordCharacter(text, at)) at += 1
  return at
}

function wordEnd(text: string, start: number): number {
  let end = start + 1
  while (end < text.length && isWordCharacter(text, end) && !betweenWords(text, end)) end += 1
  return end
}
