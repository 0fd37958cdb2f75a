import { useEffect, useState } from 'react'
import type { TraceSummary } from '../../../core/contract/traces.ts'
import { daemon } from '../../client/daemon.ts'

/** The first call that a program of this name makes from now on; null until it came. */
export function useFirstCall(app: string): TraceSummary | null {
  const [call, setCall] = useState<TraceSummary | null>(null)
  useEffect(() => {
    setCall(null)
    return daemon.subscribe(({ event }) => {
      if (event.type === 'trace-recorded' && event.trace.app === app) setCall((first) => first ?? event.trace)
    })
  }, [app])
  return call
}
