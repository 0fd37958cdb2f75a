import { wordsApart } from '../lib/words-apart.ts'
import { identifierWords } from './identifier-words.ts'

/** Words of a text as full text has them, in its order. */
export const wordsOf = (text: string): string[] =>
  wordsApart(identifierWords(text)).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
