import { useEffect, useRef } from 'react'
import { VList, type VListHandle } from 'virtua'
import type { TraceSummary } from '../../../core/contract/traces.ts'
import { formatRoute } from '../../client/route.ts'
import { moveFocusByArrows } from '../../components/arrow-keys.ts'
import { Button } from '../../components/button.tsx'
import { classNames } from '../../components/class-names.ts'
import { formatDurationShort } from '../../components/format/time.ts'
import { Notice } from '../../components/notice.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { StatusDot } from '../../components/status-dot.tsx'
import { callStatus } from './call-status.ts'
import { costWords, modelWords } from './trace-words.ts'
import { loadOlderTraces, loadTraces, useTraces } from './traces-store.ts'

export function TraceList({ activeId }: { activeId: string | null }) {
  const { traces, error, search, facet } = useTraces()
  const list = useRef<VListHandle>(null)
  useEffect(() => {
    if (useTraces.getState().traces === null) void loadTraces()
  }, [])

  if (error !== null) {
    return (
      <div className="px-2">
        <Notice tone="bad" action={<Button onClick={() => void loadTraces()}>Try again</Button>}>
          {error}
        </Notice>
      </div>
    )
  }
  if (traces === null) {
    return (
      <div className="px-2">
        <SkeletonRows count={8} height={52} />
      </div>
    )
  }
  if (traces.length === 0) {
    const filtered = search !== '' || facet !== 'all'
    return (
      <p className="px-4 py-3 text-s text-text-3">
        {filtered ? 'No call matches.' : 'Calls will be listed here, newest first.'}
      </p>
    )
  }
  return (
    <nav aria-label="Calls" className="min-h-0 flex-1" onKeyDown={moveFocusByArrows}>
      <VList
        ref={list}
        data={traces}
        itemSize={52}
        className="px-2"
        onScroll={(offset) => {
          const view = list.current
          if (view && view.scrollSize - offset - view.viewportSize < 800) void loadOlderTraces()
        }}
      >
        {(trace) => <TraceRow key={trace.id} trace={trace} active={trace.id === activeId} />}
      </VList>
    </nav>
  )
}

function TraceRow({ trace, active }: { trace: TraceSummary; active: boolean }) {
  const { tone, label } = callStatus[trace.status]
  const model = modelWords(trace)
  return (
    <a
      data-row
      href={formatRoute({ screen: 'activity', id: trace.id })}
      aria-current={active ? 'page' : undefined}
      className={classNames(
        'grid h-[52px] cursor-default grid-cols-[15px_1fr_auto] content-center items-center gap-x-0 rounded-md px-2 outline-offset-[-2px] hover:bg-hover',
        active && 'bg-press hover:bg-press'
      )}
    >
      <StatusDot tone={tone} label={label} />
      <b className="truncate pr-3 font-medium">{trace.title || model.text}</b>
      <small className="text-right text-xs text-text-3">{costWords(trace)}</small>
      <span className="col-start-2 truncate pr-3 text-xs text-text-3">
        {trace.app} · {trace.errorMessage ?? model.text}
      </span>
      <small className="text-right text-xs text-text-3">{formatDurationShort(trace.durationMs)}</small>
    </a>
  )
}
