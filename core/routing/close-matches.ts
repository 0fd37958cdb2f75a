const LIKE_ENOUGH = 0.4

/** Up to three candidates that are spelled most like `name`, the best first. */
export function closeMatches(name: string, candidates: readonly string[]): string[] {
  const wanted = pairsOf(name)
  return candidates
    .map((candidate) => ({ candidate, likeness: likeness(wanted, pairsOf(candidate)) }))
    .filter(({ likeness }) => likeness >= LIKE_ENOUGH)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** Sørensen–Dice coefficient over pairs of neighbouring characters: 0 for nothing in common, 1 for all. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const size = one.size + other.size
  const shared = [...one].filter((pair) => other.has(pair)).length
  return size === 0 ? 0 : (2 * shared) / size
}

function pairsOf(text: string): Set<string> {
  const lower = text.toLowerCase()
  return new Set(Array.from({ length: Math.max(lower.length - 1, 0) }, (_, at) => lower.slice(at, at + 2)))
}
