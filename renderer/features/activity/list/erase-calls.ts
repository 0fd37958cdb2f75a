import { create } from 'zustand'
import { MAX_ERASED_TRACES } from '../../../../core/contract/traces.ts'
import { daemon } from '../../../client/daemon.ts'
import { askedFilters, type Filters } from '../filters/filters.ts'

/** Calls by their ids, or all that filters leave. */
export type Erasable = { ids: readonly string[] } | { filters: Filters; total: number }

/** What a person is asked about before it is erased. */
export const useErasing = create<{ asked: Erasable | null }>(() => ({ asked: null }))

export function askToErase(asked: Erasable): void {
  useErasing.setState({ asked })
}

export interface EraseOptions {
  /** Only what was written goes; times, tokens and costs stay. */
  keepNumbers: boolean
  /** Ends it; what was erased stays so. */
  signal: AbortSignal
  /** Called with the ids that were erased since the last call. */
  onErased: (ids: readonly string[]) => void
}

/** Erases them for good. Rejects with what went wrong first. */
export async function eraseCalls(
  erasable: Erasable,
  { keepNumbers, signal, onErased }: EraseOptions
): Promise<void> {
  const nextPage = 'ids' in erasable ? inPages(erasable.ids) : matching(erasable.filters, Date.now())
  for (let ids = await nextPage(); ids.length > 0 && !signal.aborted; ids = await nextPage()) {
    const body = { ids: [...ids], ...(keepNumbers && { keep: 'numbers' as const }) }
    await daemon.invoke('POST /app/trace-erasure', { body })
    // also those that were gone: another window did it, or their time had come
    onErased(ids)
  }
}

type NextPage = () => Promise<readonly string[]>

function inPages(ids: readonly string[]): NextPage {
  let at = 0
  return async () => {
    const page = ids.slice(at, at + MAX_ERASED_TRACES)
    at += page.length
    return page
  }
}

/** What matches and was there when it began: calls that come meanwhile are nobody's to erase unseen. */
function matching(filters: Filters, now: number): NextPage {
  const asked = askedFilters(filters, now)
  const until = Math.min(asked.until ?? now, now)
  // those whose numbers stay still match
  let before: string | undefined
  return async () => {
    const query = { ...asked, until, limit: MAX_ERASED_TRACES, ...(before !== undefined && { before }) }
    const { traces } = await daemon.invoke('GET /app/traces', { query })
    before = traces.at(-1)?.id
    return traces.map(({ id }) => id)
  }
}
