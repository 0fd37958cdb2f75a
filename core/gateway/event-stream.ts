import type { ServerResponse } from 'node:http'

/** One server-sent event without a name. A line break inside would end the field, so each line becomes a field. */
export function sseData(data: string): string {
  return data.includes('\n') || data.includes('\r')
    ? `data: ${data.replace(/\r\n|\r|\n/g, '\ndata: ')}\n\n`
    : `data: ${data}\n\n`
}

/** Resolves when the connection takes more. Throws an AbortError when the client went away. */
export function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => res.off('drain', onDrain).off('close', onClose)
    const onDrain = () => {
      stop()
      resolve()
    }
    const onClose = () => {
      stop()
      reject(clientGone())
    }
    res.on('drain', onDrain).on('close', onClose)
    if (res.destroyed) onClose()
  })
}

export function clientGone(): DOMException {
  return new DOMException('The client went away.', 'AbortError')
}
