import { hitOf } from '../../contract/knowledge.test-support.ts'
import type { SearchHit } from '../../contract/knowledge.ts'
import type { Findings, Lookup, NumberedPassage, Retriever } from './retriever.ts'

export const passageOf = (number: number, changed: Partial<SearchHit> = {}): NumberedPassage => ({
  ...hitOf(changed),
  number
})

/** Finds always the same, and notes what it was asked for. */
export function retrieverOf(findings: Partial<Findings> = {}): Retriever & { lookups: Lookup[] } {
  const lookups: Lookup[] = []
  return {
    lookups,
    async find(lookup) {
      lookups.push(lookup)
      return { hits: [], problems: [], ...findings }
    }
  }
}
