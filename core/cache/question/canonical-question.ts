import { contractions, endings, type Frame, openings, phrases, verbForms } from './question-frames.ts'
import { articles, boundaries, empty, english, namesInCapitals, speakerOf } from './question-words.ts'

/** In UTF-16 units: what is longer says more than words can be checked for. */
const LONGEST = 600
const LEAST_TELLING_WORDS = 2

/**
 * One form for all ways to ask the same in English; null for what has none. Two questions of the same form may differ in
 * politeness, "the", contractions, words that stand for each other, and turns such as "the price of gold" for "gold's
 * price". Every other word keeps its place: one negation, number, name or preposition more makes another question, and
 * what is quoted or follows a colon counts to the letter. Questions in other languages have no form.
 */
export function canonicalQuestion(text: string): string | null {
  const tidy = text
    .normalize('NFC')
    .replace(/[\u2018\u2019]/g, "'")
    .trim()
  if (tidy.length > LONGEST || /[\r\n⟦⟧]/.test(tidy)) return null
  const { words, kept } = setAside(tidy)
  if (!isEnglish(words)) return null
  const sentences = words
    .split(/(?<!\d)!+(?=\s|$)|[.?]+(?=\s|$)/)
    .map((sentence) => canonicalSentence(sentence))
    .filter((sentence) => sentence !== '')
  const telling = sentences.join(' ').split(' ').filter(isTelling).length
  if (telling < LEAST_TELLING_WORDS) return null
  return sentences.join(' | ').replace(/⟦(\d+)⟧/g, (_, at: string) => JSON.stringify(kept[Number(at)]))
}

const isEnglish = (text: string): boolean =>
  (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => english.has(word))

const quotation = /"([^"]*)"|\u201c([^\u201d]*)\u201d|`([^`]*)`|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])/gu

/** Takes out what counts to the letter: what a colon announces, and quotations before it. */
function setAside(text: string): { words: string; kept: string[] } {
  const kept: string[] = []
  const keep = (part: string): string => ` ⟦${kept.push(part) - 1}⟧ `
  const [, asked = text, announced] = /^(.+?):\s+(.+)$/u.exec(text) ?? []
  const words = asked.replace(quotation, (...found) =>
    keep(found.slice(1, 5).find((part) => part !== undefined) ?? '')
  )
  return { words: announced === undefined ? words : `${words} : ${keep(announced)}`, kept }
}

function canonicalSentence(sentence: string): string {
  const words = sentence
    .replace(/^\s*(in|on|with|using|for) ([^,]{1,30}),\s+(.+)$/iu, '$3 $1 $2')
    .split(/\s+/)
    .map((word, at) => lowerCase(word.replace(/[,;:]+$/, ''), at))
    .filter((word) => word !== '')
  let plain = reworded(words.join(' '), [...contractions, ...phrases])
  for (let before = ''; plain !== before; ) {
    before = plain
    plain = reworded(plain, [...openings, ...endings]).trim()
  }
  return withoutArticles(ownersFirst(reworded(plain, verbForms).split(' ')))
    .map(speakerOf)
    .join(' ')
}

const reworded = (text: string, frames: readonly Frame[]): string =>
  frames.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text)

/**
 * Leaves out "the", and at the beginning "a"; elsewhere "a bank" is another one than "the bank". What stands before nothing
 * it could belong to is a name: vitamin A.
 */
function withoutArticles(words: readonly string[]): string[] {
  return words
    .map((word) => (word === 'an' ? 'a' : word))
    .filter((word, at) => {
      if (!articles.has(word) || (word === 'a' && at > 0)) return true
      const next = words[at + 1]
      return next === undefined || boundaries.has(next)
    })
}

/** Names of code keep their case, and so do letters and abbreviations that are everyday words otherwise. */
function lowerCase(word: string, at: number): string {
  const lower = word.toLowerCase()
  const isCode = /[\p{N}_/\\@#$%^&*=<>|~+(){}[\]]|\p{Ll}\p{Lu}/u.test(word)
  const isAbbreviation = word !== lower && word === word.toUpperCase() && namesInCapitals.has(lower)
  if (word.length === 1 && at === 0) return lower
  return isCode || isAbbreviation ? word : lower
}

const possessive = /'s$|(?<=s)'$/

/**
 * "the population of Canada" becomes "canada population", as "Canada's population" does. Where both turns meet, who owns
 * whom is left as it was said.
 */
function ownersFirst(words: readonly string[]): string[] {
  if (!words.includes('of')) return words.map((word) => word.replace(possessive, ''))
  let list = [...words]
  if (words.some((word) => possessive.test(word))) return list
  for (let of = list.lastIndexOf('of'); of > 0; of = list.lastIndexOf('of', of - 1)) {
    const article = list.findLastIndex((word, at) => at < of && articles.has(word))
    const thing = list.slice(article + 1, of)
    const isOne = article >= 0 ? thing.length <= 3 : thing.length === 1
    if (!isOne || thing.length === 0 || thing.some((word) => boundaries.has(word))) continue
    const next = list.findIndex((word, at) => at > of + 1 && boundaries.has(word))
    const end = next < 0 ? list.length : next
    list = [...list.slice(0, Math.max(article, 0)), ...list.slice(of + 1, end), ...thing, ...list.slice(end)]
  }
  return list
}

const isTelling = (word: string): boolean => word !== '|' && word !== ':' && word !== '' && !empty.has(word)
