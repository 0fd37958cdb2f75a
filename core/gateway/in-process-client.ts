import type { AppCallInput, AppClient } from '../contract/app-client.ts'
import type { AppResponse, AppRouteKey } from '../contract/app-routes.ts'
import type { SequencedEvent } from '../contract/events.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { EncodedJson } from '../lib/encoded-json.ts'
import { callHandler } from './app-dispatch.ts'
import type { AppHandlers } from './app-handlers.ts'
import type { EventHub } from './event-hub.ts'

/** The control API without HTTP, for a command that opened the data folder itself. Input is checked as on the wire. */
export function inProcessClient(handlers: AppHandlers, events: EventHub): AppClient {
  return {
    async invoke<K extends AppRouteKey>(
      key: K,
      input: AppCallInput<K> = {},
      signal: AbortSignal = neverAborted
    ): Promise<AppResponse<K>> {
      if (key === 'POST /app/session')
        throw new HomeportError('bad-request', 'There are no sessions without HTTP.')
      const { params = {}, query = {}, body = {} } = input
      const answer = await callHandler(handlers, key, { params, query, body, signal })
      // the handler of K answers with K's response; a union of all keys hides that from the compiler
      return (answer instanceof EncodedJson ? answer.decode() : answer) as AppResponse<K>
    },
    events: (signal) => eventsFromNowOn(events, signal)
  }
}

/** A caller without a signal of its own goes away with the process. */
const neverAborted = new AbortController().signal

/** Subscribes at once; what comes before the first read is kept. */
function eventsFromNowOn(hub: EventHub, signal: AbortSignal): AsyncIterable<SequencedEvent> {
  const waiting: SequencedEvent[] = []
  let wake = () => {}
  const unsubscribe = hub.subscribe(null, (event) => {
    waiting.push(event)
    wake()
  })
  signal.addEventListener('abort', () => wake(), { once: true })

  return {
    async *[Symbol.asyncIterator]() {
      try {
        while (!signal.aborted) {
          const event = waiting.shift()
          if (event) yield event
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        unsubscribe()
      }
    }
  }
}
