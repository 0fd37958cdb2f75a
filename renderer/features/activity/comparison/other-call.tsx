import { useEffect, useState } from 'react'
import type { Trace, TraceSummary } from '../../../../core/contract/traces.ts'
import { errorText } from '../../../client/app-request-error.ts'
import { daemon } from '../../../client/daemon.ts'
import { useChoices } from '../../../client/use-choices.ts'
import { Button } from '../../../components/button.tsx'
import { formatDuration } from '../../../components/format/time.ts'
import { GroupedCombobox } from '../../../components/grouped-combobox.tsx'
import { ModelPicker } from '../../../components/model-picker.tsx'
import { Notice } from '../../../components/notice.tsx'
import { type ComparableGroup, comparableGroups } from './comparable-calls.ts'
import { Comparison } from './comparison.tsx'

/** The call beside another one: one of those that were recorded, or a new one that asks another model the same. */
export function OtherCall({ trace }: { trace: Trace }) {
  const [other, setOther] = useState<Trace | null>(null)
  const [asking, setAsking] = useState<AbortController | null>(null)
  const [model, setModel] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const choices = useChoices()
  const canReplay = trace.requestBody !== null && (trace.source ?? 'gateway') === 'gateway'

  const show = async (found: Promise<Trace>): Promise<void> => {
    setError(null)
    try {
      setOther(await found)
    } catch (thrown) {
      setError(errorText(thrown))
    }
  }
  const replay = async (asked: string): Promise<void> => {
    const stop = new AbortController()
    setAsking(stop)
    const params = { id: trace.id }
    const body = { model: asked }
    const answer = daemon.invoke('POST /app/traces/:id/replay', { params, body }, stop.signal)
    await show(answer).finally(() => setAsking(null))
    if (stop.signal.aborted) setError(null)
  }

  return (
    <section aria-label="Compare" className="mt-6 border-t border-line pt-4">
      <h3 className="font-semibold">Compare</h3>
      <p className="mt-0.5 text-s text-text-2">
        Beside another call, or beside what another model answers to the same.
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-6 gap-y-2">
        <RecordedCalls
          trace={trace}
          chosen={other}
          onChoose={(id) => void show(daemon.invoke('GET /app/traces/:id', { params: { id } }))}
          onError={setError}
        />
        {canReplay && (
          <div className="flex min-w-0 items-center gap-2">
            <ModelPicker groups={choices ?? []} value={model} onChange={setModel} />
            <Button disabled={model === null || asking !== null} onClick={() => model && void replay(model)}>
              Ask it the same
            </Button>
            {asking && (
              <>
                <Elapsed />
                <Button look="quiet" onClick={() => asking.abort()}>
                  Stop
                </Button>
              </>
            )}
          </div>
        )}
      </div>
      {error && (
        <div className="mt-3">
          <Notice tone="bad">{error}</Notice>
        </div>
      )}
      {other && <Comparison left={trace} right={other} />}
    </section>
  )
}

interface RecordedCallsProps {
  trace: Trace
  chosen: Trace | null
  onChoose: (id: string) => void
  onError: (words: string) => void
}

/** Calls of the same session and the newest of all; fetched when the person looks for them. */
function RecordedCalls({ trace, chosen, onChoose, onError }: RecordedCallsProps) {
  const [groups, setGroups] = useState<ComparableGroup[]>([])
  const load = async (): Promise<void> => {
    const calls = async (query: { session?: string }): Promise<TraceSummary[]> =>
      (await daemon.invoke('GET /app/traces', { query: { ...query, limit: 50 } })).traces
    const session = trace.labels?.session
    try {
      const [ofSession, newest] = await Promise.all([session ? calls({ session }) : [], calls({})])
      setGroups(comparableGroups(trace, ofSession, newest, Date.now()))
    } catch (thrown) {
      onError(errorText(thrown))
    }
  }
  return (
    <GroupedCombobox
      label="Search calls to compare with"
      groups={groups}
      value={chosen?.id ?? null}
      onChange={({ value }) => onChoose(value)}
      onOpenChange={(open) => open && void load()}
      empty="No other call."
      trigger={
        <button
          type="button"
          className="inline-flex h-[30px] max-w-72 min-w-0 items-center gap-2 rounded-md border border-line px-2.5 text-s hover:bg-hover data-popup-open:bg-press"
        />
      }
      triggerContent={
        <span className="truncate">{chosen ? chosen.title || chosen.model : 'Choose a call'}</span>
      }
    />
  )
}

/** How long it has been there. */
function Elapsed() {
  const [ms, setMs] = useState(0)
  useEffect(() => {
    const since = performance.now()
    const timer = setInterval(() => setMs(performance.now() - since), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <span role="status" className="text-s whitespace-nowrap text-text-2">
      Asking… {ms >= 1000 && formatDuration(Math.floor(ms / 1000) * 1000)}
    </span>
  )
}
