import { create } from 'zustand'
import type { SearchAnswer } from '../../../../core/contract/knowledge.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { type Filters, noFilters, searchInput } from './search-query.ts'

interface Search {
  words: string
  filters: Filters
  /** The last answer, also while another is awaited; null where nothing is searched. */
  answer: SearchAnswer | null
  error: string | null
}

export const useSearch = create<Search>(() => ({ words: '', filters: noFilters, answer: null, error: null }))

/** After so long without another letter it is searched thoroughly. Milliseconds. */
const SETTLED = 500
/** What was indexed meanwhile is looked for this often at most. Milliseconds. */
const SPACING = 2000

let wanted = 0
let settle: ReturnType<typeof setTimeout> | undefined
let refresh: ReturnType<typeof setTimeout> | undefined

/** Searches for what was typed so far. */
export function searchFor(words: string): void {
  useSearch.setState({ words })
  clearTimeout(settle)
  void run(true)
  settle = setTimeout(() => void run(false), SETTLED)
}

export function narrowSearch(filters: Partial<Filters>): void {
  useSearch.setState((state) => ({ filters: { ...state.filters, ...filters } }))
  void run(false)
}

/** The person is reading the hits: they stay as they are until something else is searched for. */
export function holdHits(): void {
  clearTimeout(settle)
  clearTimeout(refresh)
  refresh = undefined
}

/** A slower, older answer never replaces a newer one. */
async function run(typing: boolean): Promise<void> {
  const number = ++wanted
  const { words, filters } = useSearch.getState()
  if (words.trim() === '') {
    clearTimeout(settle)
    return useSearch.setState({ answer: null, error: null })
  }
  try {
    const query = searchInput(words, filters, typing, Date.now())
    const answer = await daemon.invoke('GET /app/search', { query })
    if (number === wanted) useSearch.setState({ answer, error: null })
  } catch (thrown) {
    if (number === wanted) useSearch.setState({ error: errorText(thrown) })
  }
}

daemon.subscribe(({ event }) => {
  if (event.type !== 'knowledge-changed' || useSearch.getState().words === '') return
  if (document.activeElement?.closest('[data-hits]')) return
  refresh ??= setTimeout(() => {
    refresh = undefined
    void run(false)
  }, SPACING)
})
