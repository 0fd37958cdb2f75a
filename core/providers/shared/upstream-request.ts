import type { Dispatcher } from 'undici'
import { UpstreamBody } from './upstream-body.ts'

/** The head of an answer, and what follows it. */
export interface UpstreamHead {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: UpstreamBody
}

/**
 * Sends one request on a connection of the dispatcher; resolves with the head of the final answer. Aborting closes the
 * connection and makes what waits reject with the signal's reason, also while the request still waits for a connection.
 */
export function requestUpstream(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal
): Promise<UpstreamHead> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null
    let body: UpstreamBody | null = null
    const onAbort = (): void => {
      reject(signal.reason)
      const reason = toError(signal.reason)
      if (body) body.destroy(reason)
      else controller?.abort(reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    const settled = (): void => signal.removeEventListener('abort', onAbort)

    dispatcher.dispatch(options, {
      onRequestStart(started) {
        controller = started
        if (signal.aborted) started.abort(toError(signal.reason))
      },
      onResponseStart(source, status, headers) {
        // an interim answer (100, 103) is followed by the real one
        if (status < 200) return
        body = new UpstreamBody(source)
        resolve({ status, headers, body })
      },
      onResponseData(_, chunk) {
        body?.push(chunk)
      },
      onResponseEnd() {
        settled()
        body?.end()
      },
      onResponseError(_, error) {
        settled()
        body?.fail(error)
        reject(error)
      }
    })
  })
}

const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)))
