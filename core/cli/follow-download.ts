import type { Download, StartDownload } from '../contract/downloads.ts'
import type { SequencedEvent } from '../contract/events.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Connection } from './connect.ts'

/**
 * Starts a download, or goes on with one that stopped, and resolves when it is done, failed or paused. Aborting `pause`
 * pauses it. `show` gets every state in between.
 */
export async function followDownload(
  connection: Connection,
  wanted: StartDownload,
  show: (download: Download) => void,
  pause: AbortSignal
): Promise<Download> {
  const listening = new AbortController()
  const events = await connection.subscribe(listening.signal)
  try {
    const started = await connection.invoke('POST /app/downloads', { body: wanted })
    show(started)
    if (isOver(started)) return started
    return await Promise.race([
      untilOver(connection, events, started.id, show),
      whenPaused(connection, started.id, pause)
    ])
  } finally {
    listening.abort()
  }
}

const isOver = ({ state }: Download): boolean => state === 'done' || state === 'failed' || state === 'paused'

async function untilOver(
  connection: Connection,
  events: AsyncIterable<SequencedEvent>,
  id: string,
  show: (download: Download) => void
): Promise<Download> {
  for await (const { event } of events) {
    if (event.type === 'download-removed' && event.id === id) throw removed()
    const download =
      event.type === 'download-changed' && event.download.id === id
        ? event.download
        : event.type === 'reset'
          ? await lookUp(connection, id)
          : null
    if (download === null) continue
    show(download)
    if (isOver(download)) return download
  }
  throw new HomeportError('unavailable', 'Homeport stopped before the download was complete', {
    action: 'What has arrived is kept: the same command goes on with it'
  })
}

async function lookUp(connection: Connection, id: string): Promise<Download> {
  const { downloads } = await connection.invoke('GET /app/downloads')
  const found = downloads.find((download) => download.id === id)
  if (!found) throw removed()
  return found
}

const removed = (): HomeportError => new HomeportError('conflict', 'The download was taken off the list')

/** Resolves once it is paused because of the signal; never when it is over before. */
function whenPaused(connection: Connection, id: string, pause: AbortSignal): Promise<Download> {
  return new Promise((resolve) => {
    const ask = (): void => {
      connection
        .invoke('PATCH /app/downloads/:id', { params: { id }, body: { paused: true } })
        // one that is over by now says so in an event
        .then(resolve, () => {})
    }
    if (pause.aborted) ask()
    else pause.addEventListener('abort', ask, { once: true })
  })
}
