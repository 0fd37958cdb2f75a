import { Activity, ListChecks, ListFilter, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useConnection } from '../../client/daemon.ts'
import { useResource } from '../../client/resource.ts'
import { providers } from '../../client/resources.ts'
import { navigate, useRoute } from '../../client/route.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Content, ListPane } from '../../components/screen-layout.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { CallSearch } from './filters/call-search.tsx'
import { FilterChips } from './filters/filter-chips.tsx'
import type { Names } from './filters/filter-words.ts'
import { type FilterName, type Filters, filterQuery, parseFilters, usedFilters } from './filters/filters.ts'
import { Overview } from './filters/overview.tsx'
import { SavedViews } from './filters/saved-views.tsx'
import { askToErase } from './list/erase-calls.ts'
import { EraseDialog } from './list/erase-dialog.tsx'
import { endSelecting, startSelecting, useSelection } from './list/selection.ts'
import { SessionView } from './list/session-view.tsx'
import { TraceList } from './list/trace-list.tsx'
import { showTraces, useTraces } from './list/traces-store.ts'
import { TraceView } from './trace-view.tsx'

/** What is shown above the chips: by the search field, and the button for errors. */
const aboveChips = ({ status }: Filters): FilterName[] =>
  status === 'error' ? ['search', 'text', 'status'] : ['search', 'text']

export function ActivityScreen({ id, footer }: { id: string | null; footer: ReactNode }) {
  const { query } = useRoute()
  const filters = useMemo(() => parseFilters(query), [query])
  useEffect(() => showTraces(filters), [filters])
  useEffect(() => endSelecting, [])
  const names = useNames()
  const selecting = useSelection((state) => state.selecting)
  // what is chosen stays beside the open call; where none is open, the content says what there is
  const change = (next: Filters): void => navigate('activity', id, filterQuery(next))
  const narrowed = usedFilters(filters).length > 0
  return (
    <>
      <ListPane title="Activity" wide footer={footer} action={<Live />}>
        <div className="flex flex-col gap-2 px-2 pb-2">
          <CallSearch filters={filters} onChange={change}>
            <IconButton
              label={narrowed ? 'Filters, narrowed' : 'Filters'}
              aria-pressed={id === null}
              className={id === null ? 'bg-press' : ''}
              onClick={() => navigate('activity', null, filterQuery(filters))}
            >
              <ListFilter className={narrowed ? 'text-accent-text' : ''} />
            </IconButton>
            <SavedViews
              filters={filters}
              onChange={(next) => navigate('activity', null, filterQuery(next))}
            />
            <IconButton
              label="Choose calls"
              aria-pressed={selecting}
              onClick={selecting ? endSelecting : startSelecting}
            >
              <ListChecks className={selecting ? 'text-accent-text' : ''} />
            </IconButton>
          </CallSearch>
          <FilterChips filters={filters} without={aboveChips(filters)} names={names} onChange={change} />
        </div>
        <div className="flex min-h-0 flex-1 flex-col">
          <TraceList activeId={id} filters={filters} />
        </div>
        {selecting && <SelectionBar />}
      </ListPane>
      <Content label="Call">
        {id !== null ? (
          <TraceView id={id} />
        ) : (
          <WithoutCall filters={filters} names={names} onChange={change} />
        )}
      </Content>
      <EraseDialog />
    </>
  )
}

interface WithoutCallProps {
  filters: Filters
  names: Names
  onChange: (filters: Filters) => void
}

function WithoutCall({ filters, names, onChange }: WithoutCallProps) {
  const none = useTraces(({ traces }) => traces?.length === 0)
  if (none && usedFilters(filters).length === 0) return <NoCalls />
  if (filters.session !== undefined)
    return <SessionView session={filters.session} filters={filters} onChange={onChange} />
  return <Overview filters={filters} names={names} onChange={onChange} />
}

function NoCalls() {
  return (
    <EmptyState
      icon={<Activity />}
      title="No calls yet"
      action={
        <>
          <Button look="primary" onClick={() => navigate('chat')}>
            Ask something
          </Button>
          <Button onClick={() => navigate('connect')}>Connect an app</Button>
        </>
      }
    >
      Every call to a model, from this window or from your own programs, is recorded here with its time line,
      its tokens and its cost.
    </EmptyState>
  )
}

function Live() {
  const live = useConnection().state === 'ready'
  return (
    <span className="inline-flex items-center gap-1.5 pr-2 text-xs text-text-2">
      <StatusDot tone={live ? 'ok' : 'idle'} />
      {live ? 'live' : 'paused'}
    </span>
  )
}

function SelectionBar() {
  const ids = useSelection((state) => state.ids)
  return (
    <section
      aria-label="Chosen calls"
      className="flex h-12 shrink-0 items-center gap-2 border-t border-line pr-2 pl-4"
    >
      <span role="status" className="flex-1 truncate text-s text-text-2">
        {ids.size === 0 ? 'None chosen' : `${ids.size} chosen`}
      </span>
      <Button
        look="danger"
        icon={<Trash2 />}
        disabled={ids.size === 0}
        onClick={() => askToErase({ ids: [...ids] })}
      >
        Erase
      </Button>
      <Button look="quiet" onClick={endSelecting}>
        Done
      </Button>
    </section>
  )
}

function useNames(): Names {
  const known = useResource(providers).data ?? []
  return { provider: (id) => known.find((provider) => provider.id === id)?.name ?? id }
}
