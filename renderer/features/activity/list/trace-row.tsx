import { Check } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import type { TraceSummary } from '../../../../core/contract/traces.ts'
import { formatRoute, type RouteQuery } from '../../../client/route.ts'
import { classNames } from '../../../components/class-names.ts'
import { formatDurationShort } from '../../../components/format/time.ts'
import { StatusDot } from '../../../components/status-dot.tsx'
import { callStatus } from '../call-status.ts'
import { costWords, modelWords } from '../trace-words.ts'
import { formatClock } from './list-rows.ts'
import { selectThrough, toggleSelected, useSelection } from './selection.ts'
import { useTraces } from './traces-store.ts'

/** In pixels. */
export const CALL_HEIGHT = 52

interface TraceRowProps {
  call: TraceSummary
  /** How the list is narrowed: the call opens beside the same list. */
  query: RouteQuery
  active: boolean
  /** Whether Tab goes to it: only one of the list's rows has this. */
  tabStop: boolean
  onFocus: (id: string) => void
}

const shape =
  'grid h-[52px] w-full cursor-default grid-cols-[18px_1fr_auto] content-center items-center rounded-md px-2 text-left outline-offset-[-2px] select-none hover:bg-hover'

/** A call: opened by a click, chosen by one with Ctrl or Shift, and by any while calls are chosen. */
export const TraceRow = memo(function TraceRow({ call, query, active, tabStop, onFocus }: TraceRowProps) {
  const { id } = call
  const selecting = useSelection((state) => state.selecting)
  const selected = useSelection((state) => state.ids.has(id))
  const shared = { 'data-call': id, tabIndex: tabStop ? 0 : -1, onFocus: () => onFocus(id) }
  const choose = (event: MouseEvent): void => {
    event.preventDefault()
    if (event.shiftKey) selectThrough(id, useTraces.getState().traces ?? [])
    else toggleSelected(id)
  }
  if (selecting) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a row of several cells is no input
      <button
        type="button"
        role="checkbox"
        aria-checked={selected}
        {...shared}
        onClick={choose}
        className={classNames(shape, selected && 'bg-accent-soft hover:bg-accent-soft')}
      >
        <Tick checked={selected} />
        <Cells call={call} />
      </button>
    )
  }
  return (
    <a
      {...shared}
      href={formatRoute({ screen: 'activity', id, query })}
      aria-current={active ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) choose(event)
      }}
      className={classNames(shape, active && 'bg-press hover:bg-press')}
    >
      <StatusDot {...callStatus[call.status]} />
      <Cells call={call} />
    </a>
  )
})

function Cells({ call }: { call: TraceSummary }) {
  const model = modelWords(call)
  return (
    <>
      <b className="truncate pr-3 font-medium">{call.title || model.text}</b>
      <small className="text-right text-xs text-text-3">{costWords(call)}</small>
      <span className="col-start-2 truncate pr-3 text-xs text-text-3">
        {formatClock(call.startedAt)} · {call.app} · {call.errorMessage ?? model.text}
      </span>
      <small className="text-right text-xs text-text-3">{formatDurationShort(call.durationMs)}</small>
    </>
  )
}

function Tick({ checked }: { checked: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'row-span-2 grid size-3.5 place-items-center rounded-[4px] border',
        checked ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-surface-2'
      )}
    >
      {checked && <Check className="size-2.5 stroke-3" />}
    </span>
  )
}
