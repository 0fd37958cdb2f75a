import { wordsApart } from '../lib/words-apart.ts'

/**
 * A search as FTS5 takes it: every word must be there, the last one may go on. Null where there is no word in it. All
 * that would be syntax is meant as itself.
 */
export function matchOf(search: string): string | null {
  const words = wordsApart(search).match(/[\p{L}\p{N}\p{M}]+/gu)
  if (!words) return null
  return words.map((word, index) => (index === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' AND ')
}
