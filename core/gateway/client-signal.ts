import type { ServerResponse } from 'node:http'

/** Aborted the moment the client goes away before its answer is complete. */
export function clientSignal(res: ServerResponse): AbortSignal {
  const client = new AbortController()
  res.once('close', () => {
    if (!res.writableFinished) client.abort()
  })
  return client.signal
}
