import { ArrowUp } from 'lucide-react'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import { navigate } from '../../../client/route.ts'
import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { type Filters, filterQuery, usedFilters } from '../filters/filters.ts'
import { askToErase } from './erase-calls.ts'
import { listRows, neighbour } from './list-rows.ts'
import type { Calls } from './recorded-calls.ts'
import { toggleSelected, useSelection } from './selection.ts'
import { CALL_HEIGHT, TraceRow } from './trace-row.tsx'
import {
  followTraces,
  loadOlderTraces,
  loadTraces,
  MOST_HELD_BACK,
  showFresh,
  useTraces
} from './traces-store.ts'

/** Nearer than this to the end, in pixels, older calls are fetched. */
const NEAR_END = 1200

interface TraceListProps {
  activeId: string | null
  filters: Filters
}

/** Calls, newest first, of which only those near the view are in the page. New ones do not move what one reads. */
export function TraceList({ activeId, filters }: TraceListProps) {
  const { traces, error } = useTraces()
  const narrowed = usedFilters(filters).length > 0
  if (traces === null && error === null) {
    return (
      <div className="px-2">
        <SkeletonRows count={8} height={CALL_HEIGHT} />
      </div>
    )
  }
  return (
    <>
      {error !== null && (
        <div className="px-2 pb-2">
          <Notice tone="bad" action={<Button onClick={() => void loadTraces()}>Try again</Button>}>
            {error}
          </Notice>
        </div>
      )}
      {traces?.length === 0 && (
        <div className="flex flex-col items-start gap-3 px-4 py-3 text-s text-text-3">
          {narrowed ? 'No call matches.' : 'Calls will be listed here, newest first.'}
          {narrowed && <Button onClick={() => navigate('activity', activeId)}>Show all calls</Button>}
        </div>
      )}
      {traces && traces.length > 0 && <Rows calls={traces} activeId={activeId} filters={filters} />}
    </>
  )
}

function Rows({ calls, activeId, filters }: TraceListProps & { calls: Calls }) {
  const list = useRef<VListHandle>(null)
  const nav = useRef<HTMLElement>(null)
  const follow = useFollowing()
  const today = new Date().setHours(0, 0, 0, 0)
  const rows = useMemo(() => listRows(calls, today), [calls, today])
  const [stop, focusCall] = useTabStop(nav, calls, activeId)
  const stopIndex = rows.findIndex((row) => row.kind === 'call' && row.call.id === stop)
  // the same as long as it says the same: rows are drawn anew only when something of theirs changes
  const query = useMemo(() => filterQuery(filters), [filters])

  const asked = JSON.stringify(query)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice of calls begins at its top
  useEffect(() => {
    // its answer is a promise where scrolling has one, and no clean-up
    list.current?.scrollTo(0)
  }, [asked])

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.call : undefined
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((list.current?.viewportSize ?? 0) / CALL_HEIGHT) - 1)
    const step = stepOf(event.key, page)
    if (step !== null) {
      event.preventDefault()
      const next = neighbour(calls, id, step)
      if (next) focusCall(next.id)
    } else if (event.key === ' ' || event.key === 'x') {
      event.preventDefault()
      toggleSelected(id)
    } else if (event.key === 'Delete') {
      event.preventDefault()
      askToErase({ ids: [id] })
    }
  }
  return (
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onPointerEnter={() => follow({ pointing: true })}
      onPointerLeave={() => follow({ pointing: false })}
    >
      <nav ref={nav} aria-label="Calls" className="min-h-0 flex-1" onKeyDown={onKeyDown}>
        <VList
          ref={list}
          data={rows}
          itemSize={CALL_HEIGHT}
          className="px-2"
          keepMounted={stopIndex < 0 ? [] : [stopIndex]}
          onScroll={(offset) => {
            follow({ atTop: offset < 8 })
            const view = list.current
            if (view && view.scrollSize - offset - view.viewportSize < NEAR_END) void loadOlderTraces()
          }}
        >
          {(row) =>
            row.kind === 'day' ? (
              <h3 key={row.label} className="px-2 pt-3 pb-1 text-xs font-medium text-text-3">
                {row.label}
              </h3>
            ) : (
              <TraceRow
                key={row.call.id}
                call={row.call}
                query={query}
                active={row.call.id === activeId}
                tabStop={row.call.id === stop}
                onFocus={focusCall}
              />
            )
          }
        </VList>
      </nav>
      <HeldBack
        onShow={() => {
          showFresh()
          list.current?.scrollTo(0)
        }}
      />
      <OlderFailed />
    </div>
  )
}

function HeldBack({ onShow }: { onShow: () => void }) {
  const count = useTraces(({ fresh }) => fresh.length)
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 top-1.5 flex justify-center">
      {count > 0 && (
        <Button className="float pointer-events-auto rounded-full" icon={<ArrowUp />} onClick={onShow}>
          {count >= MOST_HELD_BACK ? `${count}+` : count} new {count === 1 ? 'call' : 'calls'}
        </Button>
      )}
    </div>
  )
}

function OlderFailed() {
  const problem = useTraces(({ olderError }) => olderError)
  if (problem === null) return null
  return (
    <div className="p-2">
      <Notice tone="bad" action={<Button onClick={() => void loadOlderTraces()}>Try again</Button>}>
        {problem}
      </Notice>
    </div>
  )
}

/** New calls are listed as they come while the list is at its top and nobody points at it. */
function useFollowing(): (change: { atTop?: boolean; pointing?: boolean }) => void {
  const reading = useRef({ atTop: true, pointing: false })
  useEffect(() => () => followTraces(true), [])
  return (change) => {
    Object.assign(reading.current, change)
    followTraces(reading.current.atTop && !reading.current.pointing)
  }
}

/** The one call that Tab goes to, and what moves the focus to another, also to one that is not in the page yet. */
function useTabStop(
  nav: React.RefObject<HTMLElement | null>,
  calls: Calls,
  activeId: string | null
): [string | undefined, (id: string) => void] {
  const [focused, setFocused] = useState<string | null>(null)
  const isListed = (id: string | null): boolean => calls.some((call) => call.id === id)
  const stop = (isListed(focused) ? focused : isListed(activeId) ? activeId : calls[0]?.id) ?? undefined
  const place = useRef(0)
  useEffect(() => {
    const index = calls.findIndex((call) => call.id === focused)
    if (index >= 0) place.current = index
    // it was erased: the one that took its place is next
    else if (focused !== null && document.activeElement === document.body)
      setFocused(calls[Math.min(place.current, calls.length - 1)]?.id ?? null)
  }, [calls, focused])
  const selecting = useSelection((state) => state.selecting)
  const rowOf = (id: string | null) => nav.current?.querySelector<HTMLElement>(`[data-call="${id}"]`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when another call is to have it
  useLayoutEffect(() => {
    const row = rowOf(focused)
    if (row && row !== document.activeElement) row.focus()
  }, [focused])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that are chosen are other elements than those that are opened
  useLayoutEffect(() => {
    if (document.activeElement === document.body) rowOf(focused)?.focus()
  }, [selecting])
  return [stop, setFocused]
}

function stepOf(key: string, page: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY
  }
  return steps[key] ?? null
}
