import { create } from 'zustand'
import type { TraceSummary } from '../../../core/contract/traces.ts'
import { errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'

const PAGE = 100

export type Facet = 'all' | 'error'

interface Traces {
  facet: Facet
  search: string
  /** null until the first answer. Newest first. */
  traces: TraceSummary[] | null
  /** There may be older ones than those here. */
  more: boolean
  error: string | null
}

export const useTraces = create<Traces>(() => ({
  facet: 'all',
  search: '',
  traces: null,
  more: false,
  error: null
}))

let wanted = 0
let loadingMore = false

/** Fetches the newest page for what is chosen. A slower, older answer never replaces a newer one. */
export async function loadTraces(): Promise<void> {
  const number = ++wanted
  try {
    const traces = await fetchPage(null)
    if (number === wanted) useTraces.setState({ traces, more: traces.length === PAGE, error: null })
  } catch (thrown) {
    if (number === wanted) useTraces.setState({ error: errorText(thrown) })
  }
}

/** Fetches the page after the oldest one here. */
export async function loadOlderTraces(): Promise<void> {
  const { traces, more } = useTraces.getState()
  const oldest = traces?.at(-1)
  if (!oldest || !more || loadingMore) return
  loadingMore = true
  const number = wanted
  try {
    const older = await fetchPage(oldest.id)
    if (number !== wanted) return
    useTraces.setState(({ traces: now }) => ({
      traces: [...(now ?? []), ...older],
      more: older.length === PAGE
    }))
  } catch (thrown) {
    useTraces.setState({ error: errorText(thrown) })
  } finally {
    loadingMore = false
  }
}

export function chooseTraces(choice: { facet?: Facet; search?: string }): void {
  useTraces.setState(choice)
  void loadTraces()
}

async function fetchPage(before: string | null): Promise<TraceSummary[]> {
  const { facet, search } = useTraces.getState()
  const { traces } = await daemon.invoke('GET /app/traces', {
    query: {
      limit: PAGE,
      ...(before === null ? {} : { before }),
      ...(facet === 'error' ? { status: 'error' as const } : {}),
      ...(search === '' ? {} : { search })
    }
  })
  return traces
}

daemon.subscribe(({ event }) => {
  const { traces, facet, search } = useTraces.getState()
  if (traces === null) return
  if (event.type === 'reset') void loadTraces()
  if (event.type !== 'trace-recorded') return
  const { trace } = event
  if (traces.some((known) => known.id === trace.id)) return
  // what matches a search, only the daemon knows
  if (search !== '') void loadTraces()
  else if (facet === 'all' || trace.status === facet) useTraces.setState({ traces: [trace, ...traces] })
})
