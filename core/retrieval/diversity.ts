/** Taken from a passage for each one of its document above it, up to so many. */
const SAME_DOCUMENT = 0.1
const MOST_OF_DOCUMENT = 3
/** Taken from a passage that says the very same as one above it. */
const SAME_MEANING = 0.2

export interface Diverse {
  id: number
  documentId: number
  score: number
}

/**
 * The best passages that are not like each other (maximal marginal relevance), each with what was taken from its score for
 * those above it: scores less that fall from each to the next.
 *
 * @param likeness of two passages, from -1 to 1
 */
export function diverse<T extends Diverse>(
  ranked: readonly T[],
  limit: number,
  likeness: (id: number, other: number) => number
): { item: T; taken: number }[] {
  const left = ranked.map((item) => ({ item, ofDocument: 0, nearest: 0 }))
  const takenFrom = ({ ofDocument, nearest }: (typeof left)[number]): number =>
    SAME_DOCUMENT * Math.min(ofDocument, MOST_OF_DOCUMENT) + SAME_MEANING * nearest
  const picked: { item: T; taken: number }[] = []
  while (picked.length < limit && left.length > 0) {
    const best = left.reduce((first, other) =>
      other.item.score - takenFrom(other) > first.item.score - takenFrom(first) ? other : first
    )
    left.splice(left.indexOf(best), 1)
    picked.push({ item: best.item, taken: takenFrom(best) })
    for (const other of left) {
      if (other.item.documentId === best.item.documentId) other.ofDocument += 1
      other.nearest = Math.max(other.nearest, likeness(other.item.id, best.item.id))
    }
  }
  return picked
}
