import { isStopWord } from './stop-words.ts'
import { wordsOf } from './words.ts'

/** A part says something on its own. */
const FEWEST_WORDS = 2
const MOST_PARTS = 4

/** Not after an abbreviation or an initial. */
const sentenceEnd = /(?:[?;]|(?<=\p{Ll}{3})[.!])\s+/u
const nextQuestion =
  /,?\s+(?:and(?: also)?|or|but)\s+(?=(?:what|who|whose|whom|when|where|which|why|how|did|does|do)\b)/iu
const compared =
  /^(?:compare|(?:what(?:'s| is| are) )?the differences? between)\s+(.+?)\s+(?:and|with|to)\s+(.+)$/iu
const versus = /\s+(?:versus|vs\.?)\s+/iu

/** Questions that were asked in one, each of them; empty where it is one question. */
export function partsOf(text: string): string[] {
  const [, first, second] = compared.exec(text) ?? []
  if (first !== undefined && second !== undefined) return [bare(first), bare(second)]
  const sides = text.split(versus)
  if (sides.length === 2) return sides.map(bare)
  const parts = text
    .split(sentenceEnd)
    .flatMap((sentence) => sentence.split(nextQuestion))
    .map(bare)
    .filter((part) => wordsOf(part).filter((word) => !isStopWord(word)).length >= FEWEST_WORDS)
  return parts.length > 1 ? parts.slice(0, MOST_PARTS) : []
}

const bare = (part: string): string => part.replace(/[.?!;\s]+$/u, '').trim()
