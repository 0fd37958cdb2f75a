import { useCallback, useEffect, useState } from 'react'
import type { Trace } from '../../../core/contract/traces.ts'
import { AppRequestError, errorText } from '../../client/app-request-error.ts'
import { daemon } from '../../client/daemon.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { Bar } from '../../components/screen-layout.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { TraceBar } from './trace-bar.tsx'
import { TraceDetails } from './trace-details.tsx'

/** One call: its figures, its time line, its texts. */
export function TraceView({ id }: { id: string }) {
  const [trace, setTrace] = useState<Trace | null>(null)
  const [error, setError] = useState<string | null>(null)
  const load = useCallback(
    async (signal?: AbortSignal) => {
      setError(null)
      try {
        setTrace(await daemon.invoke('GET /app/traces/:id', { params: { id } }, signal))
      } catch (thrown) {
        if (!signal?.aborted) setError(wordsOf(thrown))
      }
    },
    [id]
  )
  useEffect(() => {
    const left = new AbortController()
    void load(left.signal)
    // other programs hand in their steps bit by bit
    const unsubscribe = daemon.subscribe(({ event }) => {
      if (event.type === 'trace-recorded' && event.trace.id === id) void load(left.signal)
    })
    return () => {
      left.abort()
      unsubscribe()
    }
  }, [id, load])

  const shown = trace?.id === id ? trace : null
  return (
    <>
      <Bar>{shown && <TraceBar trace={shown} />}</Bar>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[1080px] px-8 pt-6 pb-10 max-[860px]:px-5">
          {error ? (
            <Notice tone="bad" action={<Button onClick={() => void load()}>Try again</Button>}>
              {error}
            </Notice>
          ) : shown ? (
            <TraceDetails key={id} trace={shown} onJudged={(judged) => setTrace({ ...shown, ...judged })} />
          ) : (
            <SkeletonRows count={6} />
          )}
        </div>
      </div>
    </>
  )
}

function wordsOf(thrown: unknown): string {
  const isGone = thrown instanceof AppRequestError && thrown.status === 404
  return isGone ? 'This call is no longer kept: it was erased, or its time is over.' : errorText(thrown)
}
