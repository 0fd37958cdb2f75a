import { create } from 'zustand'
import { AppRequestError } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { askedFilters, type Filters } from '../filters/filters.ts'

/** Calls by their ids, or all that filters leave. */
export type Erasable = { ids: readonly string[] } | { filters: Filters; total: number }

/** What a person is asked about before it is erased. */
export const useErasing = create<{ asked: Erasable | null }>(() => ({ asked: null }))

export function askToErase(asked: Erasable): void {
  useErasing.setState({ asked })
}

/** At the same time; more would only wait for each other. */
const PARALLEL = 4
const PAGE = 200

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
  const nextPage = 'ids' in erasable ? once(erasable.ids) : matching(erasable.filters, Date.now())
  for (let ids = await nextPage(); ids.length > 0 && !signal.aborted; ids = await nextPage()) {
    for (let start = 0; start < ids.length && !signal.aborted; start += PARALLEL) {
      const some = ids.slice(start, start + PARALLEL)
      await Promise.all(some.map((id) => eraseOne(id, keepNumbers)))
      onErased(some)
    }
  }
}

async function eraseOne(id: string, keepNumbers: boolean): Promise<void> {
  try {
    await daemon.invoke('DELETE /app/traces/:id', {
      params: { id },
      query: keepNumbers ? { keep: 'numbers' } : {}
    })
  } catch (thrown) {
    // another window did it, or its time had come
    if (!(thrown instanceof AppRequestError && thrown.status === 404)) throw thrown
  }
}

type NextPage = () => Promise<readonly string[]>

function once(ids: readonly string[]): NextPage {
  let left = ids
  return async () => {
    const page = left
    left = []
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
    const query = { ...asked, until, limit: PAGE, ...(before !== undefined && { before }) }
    const { traces } = await daemon.invoke('GET /app/traces', { query })
    before = traces.at(-1)?.id
    return traces.map(({ id }) => id)
  }
}
