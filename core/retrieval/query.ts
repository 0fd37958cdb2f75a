import { type DocumentKind, documentKindSchema } from '../contract/knowledge.ts'
import { wordsApart } from '../lib/words-apart.ts'
import { identifierWords } from './identifier-words.ts'
import { isStopWord } from './stop-words.ts'

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
}

const filter = /(?<=^|\s)(tag|path|kind):(?:"([^"]+)"|(\S+))/gu
const quoted = /"([^"]+)"|“([^”]+)”/gu

export function parseQuery(text: string): Query {
  const query: Query = { text: '', words: [], phrases: [], tags: [], paths: [], kind: null }
  const unfiltered = text.replace(filter, (whole, name: string, inQuotes?: string, bare?: string) => {
    const value = inQuotes ?? bare ?? ''
    if (name === 'tag') query.tags.push(value.replace(/^#/, ''))
    if (name === 'path') query.paths.push(value)
    if (name === 'kind') {
      const kind = documentKindSchema.safeParse(value)
      if (!kind.success) return whole
      query.kind = kind.data
    }
    return ' '
  })
  for (const [, straight, curly] of unfiltered.matchAll(quoted)) {
    const phrase = (straight ?? curly ?? '').trim()
    if (/[\p{L}\p{N}]/u.test(phrase)) query.phrases.push(phrase)
  }
  query.text = unfiltered.replaceAll(/["“”]/g, ' ').replaceAll(/\s+/g, ' ').trim()
  const all = wordsOf(query.text)
  const telling = all.filter((word) => !isStopWord(word))
  query.words = [...new Set(telling.length > 0 ? telling : all)]
  return query
}

export const wordsOf = (text: string): string[] =>
  wordsApart(identifierWords(text)).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

/** The question as FTS5 takes it: any word will do, the more the better. Null where there is no word in it. */
export function matchOf(
  { words, phrases }: Pick<Query, 'words' | 'phrases'>,
  typing: boolean
): string | null {
  const any = words.map((word, index) => `"${word}"${typing && index === words.length - 1 ? '*' : ''}`)
  if (any.length === 0) return null
  const must = phrases.map((phrase) => `"${wordsOf(phrase).join(' ')}"`)
  return [...must, `(${any.join(' OR ')})`].join(' AND ')
}
