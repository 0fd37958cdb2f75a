import type { StoredDocument } from './knowledge-index.ts'

/** A rough measure that holds for most languages and models. */
const CHARACTERS_PER_TOKEN = 4

type StoredChunk = StoredDocument['chunks'][number]

/** A passage with what stands around it. */
export interface ExpandedPassage {
  text: string
  /** Bytes in the file. */
  start: number
  end: number
}

/**
 * The passage that begins at `start` with its neighbours, first those of its own section, then those of the sections around
 * that, as far as the budget goes. The passage itself is always whole. Null where no passage begins there.
 *
 * @param budgetTokens of the whole text
 */
export function expandPassage(
  chunks: readonly StoredChunk[],
  start: number,
  budgetTokens: number
): ExpandedPassage | null {
  const at = chunks.findIndex((chunk) => chunk.start === start)
  const passage = chunks[at]
  if (!passage) return null
  let [first, last] = [at, at]
  let left = budgetTokens * CHARACTERS_PER_TOKEN - passage.text.length
  const take = (index: number, depth: number): boolean => {
    const chunk = chunks[index]
    if (!chunk || chunk.text.length > left || !shares(chunk.headings, passage.headings, depth)) return false
    left -= chunk.text.length
    return true
  }
  for (let depth = passage.headings.length; depth >= 0; depth -= 1)
    for (let grew = true; grew; ) {
      grew = false
      if (take(last + 1, depth)) {
        last += 1
        grew = true
      }
      if (take(first - 1, depth)) {
        first -= 1
        grew = true
      }
    }
  const taken = chunks.slice(first, last + 1)
  return {
    text: taken.map(({ text }) => text.trim()).join('\n\n'),
    start: Math.min(...taken.map((chunk) => chunk.start)),
    end: Math.max(...taken.map((chunk) => chunk.end))
  }
}

const shares = (headings: readonly string[], others: readonly string[], depth: number): boolean =>
  others.slice(0, depth).every((heading, index) => headings[index] === heading)
