import { useEffect, useRef, useState } from 'react'
import type { AppCallInput } from '../../core/contract/app-client.ts'
import type { AppResponse, AppRouteKey } from '../../core/contract/app-routes.ts'
import type { AppEvent } from '../../core/contract/events.ts'
import { errorText } from './app-request-error.ts'
import { daemon } from './daemon.ts'

export interface Answer<T> {
  /** Null until the first answer; then the last good one, also while another is awaited. */
  data: T | null
  error: string | null
  refresh: () => void
}

/** Events come in bursts: they are answered together. Milliseconds. */
const SPACING = 2000

/**
 * What the daemon answers to something that hangs on what is chosen on a screen: asked again when the input changes, and
 * some time after each of these events. A slower, older answer never replaces a newer one.
 */
export function useAnswer<K extends AppRouteKey>(
  route: K,
  input: AppCallInput<K>,
  refreshOn: AppEvent['type'] | null = null
): Answer<AppResponse<K>> {
  const [answer, setAnswer] = useState<Pick<Answer<AppResponse<K>>, 'data' | 'error'>>({
    data: null,
    error: null
  })
  const load = useRef<() => void>(() => {})
  const asked = JSON.stringify(input)
  useEffect(() => {
    let wanted = 0
    let timer: ReturnType<typeof setTimeout> | null = null
    load.current = () => {
      const number = ++wanted
      daemon.invoke(route, JSON.parse(asked)).then(
        (data) => number === wanted && setAnswer({ data, error: null }),
        (thrown: unknown) =>
          number === wanted && setAnswer(({ data }) => ({ data, error: errorText(thrown) }))
      )
    }
    load.current()
    const unsubscribe = daemon.subscribe(({ event }) => {
      if (event.type !== 'reset' && event.type !== refreshOn) return
      timer ??= setTimeout(() => {
        timer = null
        load.current()
      }, SPACING)
    })
    return () => {
      wanted = -1
      if (timer) clearTimeout(timer)
      unsubscribe()
    }
  }, [route, asked, refreshOn])
  return { ...answer, refresh: () => load.current() }
}
