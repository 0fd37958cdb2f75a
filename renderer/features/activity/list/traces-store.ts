import { create } from 'zustand'
import type { TraceSummary } from '../../../../core/contract/traces.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { askedFilters, type Filters, filterQuery } from '../filters/filters.ts'
import { matchesFilters } from '../filters/filters-match.ts'
import { updated, withCalls, withoutCalls } from './recorded-calls.ts'

const PAGE = 100
/** While it follows what happens, the list keeps so many; older ones come again by paging. */
const KEPT = 1000
/** More new calls than these are not held back one by one: the newest page is fetched instead. */
export const MOST_HELD_BACK = 500
/** Calls come in bursts: they are listed together. Milliseconds. */
const GATHERED_MS = 150
/** After a call, its texts are soon in the index. Milliseconds. */
const INDEXED_MS = 2000

interface Traces {
  filters: Filters
  /** null until the first answer. Newest first. */
  traces: TraceSummary[] | null
  /** New ones, held back while the person reads. */
  fresh: TraceSummary[]
  /** There may be older ones than those here. */
  more: boolean
  error: string | null
  /** Why older ones could not be fetched. */
  olderError: string | null
  /** Grows when calls were erased: what was counted before is no longer so. */
  erasures: number
}

export const useTraces = create<Traces>(() => ({
  filters: {},
  traces: null,
  fresh: [],
  more: false,
  error: null,
  olderError: null,
  erasures: 0
}))

let wanted = 0
let answered = 0
let loadingOlder: Promise<void> | null = null
let following = true
const arrived: TraceSummary[] = []
const erased: string[] = []
let gathering = false
let looking = false

/** Lists what these leave. What is listed stays until the answer is there. */
export function showTraces(filters: Filters): void {
  const { filters: now, traces } = useTraces.getState()
  const same = JSON.stringify(filterQuery(now)) === JSON.stringify(filterQuery(filters))
  if (same && traces !== null) return
  useTraces.setState({ filters })
  void loadTraces()
}

/** Fetches the newest page for what is chosen. A slower, older answer never replaces a newer one. */
export async function loadTraces(): Promise<void> {
  const number = ++wanted
  try {
    const traces = await fetchPage(null)
    if (number !== wanted) return
    useTraces.setState({ traces, fresh: [], more: traces.length === PAGE, error: null, olderError: null })
  } catch (thrown) {
    if (number === wanted) useTraces.setState({ error: errorText(thrown) })
  } finally {
    answered = Math.max(answered, number)
  }
}

/** Fetches the page after the oldest one here. */
export function loadOlderTraces(): Promise<void> {
  loadingOlder ??= fetchOlder().finally(() => {
    loadingOlder = null
  })
  return loadingOlder
}

async function fetchOlder(): Promise<void> {
  const { traces, more } = useTraces.getState()
  const oldest = traces?.at(-1)
  if (!oldest || !more) return
  const number = wanted
  try {
    const older = await fetchPage(oldest.id)
    if (number !== wanted) return
    useTraces.setState(({ traces: now }) => ({
      traces: [...(now ?? []), ...older],
      more: older.length === PAGE,
      olderError: null
    }))
  } catch (thrown) {
    if (number === wanted) useTraces.setState({ olderError: errorText(thrown) })
  }
}

/** Whether new calls are listed as they come, or held back because they would move what the person reads. */
export function followTraces(follow: boolean): void {
  following = follow
  if (follow) showFresh()
}

/** Lists those that were held back. */
export function showFresh(): void {
  const { traces, fresh, more } = useTraces.getState()
  if (traces === null || fresh.length === 0) return
  if (fresh.length >= MOST_HELD_BACK) return void loadTraces()
  useTraces.setState({ traces: withCalls(traces, fresh, more), fresh: [] })
}

async function fetchPage(before: string | null): Promise<TraceSummary[]> {
  const asked = askedFilters(useTraces.getState().filters, Date.now())
  const { traces } = await daemon.invoke('GET /app/traces', {
    query: { ...asked, limit: PAGE, ...(before === null ? {} : { before }) }
  })
  return traces
}

/** Takes erased calls off the list, and lists what has arrived, but not before the page that is awaited, which may be without it. */
function gather(): void {
  if (gathering) return
  gathering = true
  setTimeout(() => {
    gathering = false
    if (answered < wanted) return gather()
    const { filters } = useTraces.getState()
    const now = Date.now()
    take(arrived.splice(0).filter((call) => matchesFilters(call, filters, now)))
    if (erased.length > 0) forgetErased()
  }, GATHERED_MS)
}

function forgetErased(): void {
  const ids = new Set(erased.splice(0))
  useTraces.setState(({ traces, fresh, erasures }) => ({
    traces: traces && withoutCalls(traces, ids),
    fresh: withoutCalls(fresh, ids),
    erasures: erasures + 1
  }))
}

/** Puts calls into the list, or aside. */
function take(calls: readonly TraceSummary[]): void {
  const { traces, fresh, more, filters } = useTraces.getState()
  if (traces === null || calls.length === 0) return
  const known = new Set(traces.map(({ id }) => id))
  const changed = updated(traces, calls)
  const added = calls.filter(({ id }) => !known.has(id))
  if (!following) {
    useTraces.setState({ traces: changed, fresh: withCalls(fresh, added, false).slice(0, MOST_HELD_BACK) })
    return
  }
  const listed = withCalls(changed, added, more)
  // the calls of a session are shown whole, with their sums
  const tooMany = listed.length > KEPT && filters.session === undefined
  useTraces.setState({ traces: tooMany ? listed.slice(0, KEPT) : listed, more: more || tooMany })
}

/** What has words in its texts only the daemon knows, once they are in its index. */
async function lookForText(): Promise<void> {
  const number = wanted
  const page = await fetchPage(null).catch(() => [])
  if (number === wanted) take(page)
}

daemon.subscribe(({ event }) => {
  const { traces, filters } = useTraces.getState()
  if (traces === null) return
  if (event.type === 'reset') void loadTraces()
  if (event.type === 'trace-erased') {
    erased.push(event.id)
    gather()
  }
  if (event.type === 'trace-changed') useTraces.setState({ traces: updated(traces, [event.trace]) })
  if (event.type !== 'trace-recorded') return
  if (filters.text === undefined) {
    arrived.push(event.trace)
    gather()
  } else if (!looking && matchesFilters(event.trace, filters, Date.now())) {
    looking = true
    setTimeout(() => {
      looking = false
      void lookForText()
    }, INDEXED_MS)
  }
})

daemon.store.subscribe((state, before) => {
  const failed = useTraces.getState().error !== null
  if (failed && state.state === 'ready' && before.state !== 'ready') void loadTraces()
})
