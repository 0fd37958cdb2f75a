import type { Citation } from '../../../../core/contract/knowledge.ts'

/** Where a passage stands: `Heat pump offers › Running costs`, `Nordvent 9 › page 14`. */
export function placeWords({ title, headings, page }: Pick<Citation, 'title' | 'headings' | 'page'>): string {
  return [title, ...headings, ...(page === null ? [] : [`page ${page}`])].join(' › ')
}

/** What was found when the answer was held against its passages. */
export function splitCitations(citations: readonly Citation[]): { cited: Citation[]; read: Citation[] } {
  return {
    cited: citations.filter(({ supported }) => supported !== null),
    read: citations.filter(({ supported }) => supported === null)
  }
}

export const UNSUPPORTED = 'What the answer says there was not found in the passage.'
