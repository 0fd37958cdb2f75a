import { Activity } from 'lucide-react'
import type { ReactNode } from 'react'
import { useConnection } from '../../client/daemon.ts'
import { navigate } from '../../client/route.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Content, ListPane } from '../../components/screen-layout.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { Segmented } from '../../components/segmented.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { TraceList } from './trace-list.tsx'
import { TraceView } from './trace-view.tsx'
import { chooseTraces, useTraces } from './traces-store.ts'

const facets = [
  { value: 'all', label: 'All' },
  { value: 'error', label: 'Errors' }
] as const

export function ActivityScreen({ id, footer }: { id: string | null; footer: ReactNode }) {
  const { search, facet } = useTraces()
  const live = useConnection().state === 'ready'
  const none = useTraces(({ traces }) => traces?.length === 0)
  return (
    <>
      <ListPane
        title="Activity"
        wide
        footer={footer}
        action={
          <span className="inline-flex items-center gap-1.5 pr-2 text-xs text-text-2">
            <StatusDot tone={live ? 'ok' : 'idle'} />
            {live ? 'live' : 'paused'}
          </span>
        }
      >
        <div className="flex flex-col gap-2 px-2 pb-2">
          <SearchField
            label="Search calls"
            value={search}
            onSearch={(words) => chooseTraces({ search: words })}
          />
          <Segmented
            label="Which calls"
            value={facet}
            options={facets}
            onChange={(next) => chooseTraces({ facet: next })}
          />
        </div>
        <div className="flex min-h-0 flex-1 flex-col">
          <TraceList activeId={id} />
        </div>
      </ListPane>
      <Content label="Call">
        {id ? (
          <TraceView id={id} />
        ) : (
          <EmptyState
            icon={<Activity />}
            title={none && search === '' && facet === 'all' ? 'No calls yet' : 'Choose a call'}
            action={
              none && search === '' && facet === 'all' ? (
                <>
                  <Button look="primary" onClick={() => navigate('chat')}>
                    Ask something
                  </Button>
                  <Button onClick={() => navigate('connect')}>Connect an app</Button>
                </>
              ) : null
            }
          >
            Every call to a model, from this window or from your own programs, is recorded here with its time
            line, its tokens and its cost.
          </EmptyState>
        )}
      </Content>
    </>
  )
}
