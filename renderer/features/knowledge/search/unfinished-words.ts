import type { Source } from '../../../../core/contract/knowledge.ts'

/** Says what a search cannot find yet, because it is still being indexed; null where all is. */
export function unfinishedWords(
  sources: readonly Pick<Source, 'name' | 'state' | 'progress'>[]
): string | null {
  const names = sources
    .filter(({ state }) => state === 'indexing' || state === 'waiting')
    .map(({ name }) => name)
  if (names.length === 0) return null
  const [last, ...others] = names.reverse()
  const listed = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`
  return `${listed} ${names.length === 1 ? 'is' : 'are'} still being indexed: more may be found in a moment.`
}
