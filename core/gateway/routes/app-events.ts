import { type EventHub, eventId } from '../event-hub.ts'
import type { Exchange } from '../exchange.ts'

/**
 * `GET /app/events`: what happens in the daemon, as server-sent events, until the reader goes away. Resumes after the
 * id in `Last-Event-ID` or `?since=`. A reader that does not keep up is left behind in the hub's own memory and gets a
 * `reset` once its place there is gone, so that a slow window costs nothing.
 */
export function serveAppEvents({ req, res, query }: Exchange, hub: EventHub, keepAliveMs: number): void {
  const header = req.headers['last-event-id']
  const since = (typeof header === 'string' ? header : null) ?? new URLSearchParams(query).get('since')

  let position = since ?? eventId({ epoch: hub.epoch, seq: hub.seq() })
  let behind = false
  let unsubscribe = () => {}
  const write = (text: string) => {
    behind = !res.write(text)
  }
  const follow = () => {
    unsubscribe = hub.subscribe(position, (event, json) => {
      if (behind) return
      position = eventId(event)
      write(`id: ${position}\ndata: ${json}\n\n`)
      if (behind) unsubscribe()
    })
    // the backlog alone may have filled the connection, before there was anything to unsubscribe
    if (behind) unsubscribe()
  }
  const keepAlive = setInterval(() => {
    if (!behind) write(': keep-alive\n\n')
    if (behind) unsubscribe()
  }, keepAliveMs)

  res.on('drain', () => {
    if (!behind) return
    behind = false
    follow()
  })
  res.on('close', () => {
    clearInterval(keepAlive)
    unsubscribe()
  })
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
  // a position without data: tells the reader where it joined, should it have to come back before the first event
  if (since === null) write(`id: ${position}\n\n`)
  else res.flushHeaders()
  follow()
}
