import { type DocumentKind, documentKindSchema } from '../contract/knowledge.ts'
import { datesIn, type QueryDates } from './query-dates.ts'
import { partsOf } from './query-parts.ts'
import { isStopWord } from './stop-words.ts'
import { wordsOf } from './words.ts'

/** A question as it was understood. */
export interface Query {
  /** All of it that is not a filter, for the embedder. */
  text: string
  /** What is looked for, in the question's order. Stop words only where there is nothing else. */
  words: string[]
  /** Must stand like this in a passage. */
  phrases: string[]
  tags: string[]
  /** Part of the path. */
  paths: string[]
  kind: DocumentKind | null
  dates: QueryDates | null
  /** Questions that were asked in one; empty where it is one. */
  parts: string[]
}

const filter = /(?<=^|\s)(tag|path|kind):(?:"([^"]+)"|(\S+))/gu
const quoted = /"([^"]+)"|“([^”]+)”/gu
/** `:has()`, `--on`, `.is`: not the words they look like. */
const code = /(?<=[:.#@$_-])[\p{L}\p{N}]+|[\p{L}\p{N}]+(?=\()/gu

/**
 * @param now milliseconds UTC, for `last week`
 * @param typing the last word may be half written
 */
export function parseQuery(text: string, now: number, typing = false): Query {
  const tags: string[] = []
  const paths: string[] = []
  const phrases: string[] = []
  let kind: DocumentKind | null = null
  const unfiltered = text.replace(filter, (whole, name: string, inQuotes?: string, bare?: string) => {
    const value = inQuotes ?? bare ?? ''
    if (name === 'tag') tags.push(value.replace(/^#/, ''))
    if (name === 'path') paths.push(value)
    if (name === 'kind') {
      const known = documentKindSchema.safeParse(value)
      if (!known.success) return whole
      kind = known.data
    }
    return ' '
  })
  for (const [, straight, curly] of unfiltered.matchAll(quoted)) {
    const phrase = (straight ?? curly ?? '').trim()
    if (/[\p{L}\p{N}]/u.test(phrase)) phrases.push(phrase)
  }
  const plain = unfiltered.replaceAll(/["“”]/g, ' ').replaceAll(/\s+/g, ' ').trim()
  return {
    text: plain,
    words: searchWords(plain, typing),
    phrases,
    tags,
    paths,
    kind,
    dates: datesIn(plain, now),
    parts: phrases.length > 0 ? [] : partsOf(plain)
  }
}

/** What is looked for of a question: its words without those that say nothing, where others are left. */
export function searchWords(text: string, typing = false): string[] {
  const all = wordsOf(text)
  const inCode = new Set(text.match(code))
  const telling = all.filter(
    (word, index) => !isStopWord(word) || inCode.has(word) || (typing && index === all.length - 1)
  )
  return [...new Set(telling.length > 0 ? telling : all)]
}

export const phraseMatch = (phrase: string): string => `"${wordsOf(phrase).join(' ')}"`

/**
 * The question as FTS5 takes it: any word will do, the more the better. Null where there is no word in it.
 *
 * @param naming words that are only looked for in what a chunk is called by, not in its text
 */
export function matchOf(
  { words, phrases }: Pick<Query, 'words' | 'phrases'>,
  typing: boolean,
  naming: ReadonlySet<string> = new Set()
): string | null {
  const any = words.map((word, index) => {
    const match = `"${word}"${typing && index === words.length - 1 ? '*' : ''}`
    return naming.has(word) ? `{title aliases breadcrumb tags} : ${match}` : match
  })
  if (any.length === 0) return null
  return [...phrases.map(phraseMatch), `(${any.join(' OR ')})`].join(' AND ')
}
