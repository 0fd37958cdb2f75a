/** Scripts that are written without spaces: each character counts as a word. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu

/** A text as it goes into the index: words apart from each other. */
export const spaced = (text: string): string => text.replace(unspaced, ' $& ')

/**
 * A search as FTS5 takes it: every word must be there, the last one may go on. Null where there is no word in it. All
 * that would be syntax is meant as itself.
 */
export function matchOf(search: string): string | null {
  const words = spaced(search).match(/[\p{L}\p{N}\p{M}]+/gu)
  if (!words) return null
  return words.map((word, index) => (index === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' AND ')
}
