import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { HomeportError } from '../errors/homeport-error.ts'
import { hasBody } from './request-body.ts'

/** A body this small is read past, so that the connection can be used again. */
const smallBody = 64 * 1024
/** How long a client that is still sending may take to notice that it was refused. */
const lingerMs = 500

export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: OutgoingHttpHeaders = {}
): void {
  send(res, status, JSON.stringify(body), headers)
}

/** Sends what is text or bytes already: JSON, unless the headers say otherwise. */
export function send(
  res: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: OutgoingHttpHeaders
): void {
  headers['content-type'] ??= 'application/json'
  headers['content-length'] = Buffer.byteLength(body)
  res.writeHead(status, headers)
  res.end(body)
}

/** The headers of an error, next to the body its dialect has for it. */
export function errorHeaders(error: HomeportError, traceId: string | null): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  if (error.retryAfterSeconds !== null) headers['retry-after'] = String(Math.ceil(error.retryAfterSeconds))
  // the official SDKs heed it: what was tried several times here must not be tried several times more by each of them
  if (error.retriedInVain) headers['x-should-retry'] = 'false'
  if (error.code === 'not-authenticated') headers['www-authenticate'] = 'Bearer'
  if (traceId !== null) headers['x-homeport-trace-id'] = traceId
  return headers
}

/** The status of an error, if it is one that an error can have. */
export function errorStatus({ status }: HomeportError): number {
  return status >= 400 && status <= 599 ? status : 502
}

/**
 * Refuses a request whose body may still be on its way. The answer is written whole at once; what the client goes on
 * sending is thrown away for a moment, because closing while it sends would lose the answer, then the socket closes.
 */
export function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  body: string | Buffer,
  headers: OutgoingHttpHeaders = {}
): void {
  if (isReadable(req)) {
    send(res, status, body, headers)
    return
  }
  headers['content-type'] ??= 'application/json'
  headers['content-length'] = Buffer.byteLength(body)
  headers.connection = 'close'
  res.writeHead(status, headers)
  res.write(body)
  linger(req, res)
}

/** Refuses with nothing but a status, and closes the connection. */
export function refuseSilently(req: IncomingMessage, res: ServerResponse, status: number): void {
  res.writeHead(status, { connection: 'close', 'content-length': 0 })
  if (isReadable(req)) res.end()
  else {
    res.flushHeaders()
    linger(req, res)
  }
}

/** Whether the rest of the request is small enough to just read past it. */
function isReadable(req: IncomingMessage): boolean {
  return req.complete || !hasBody(req) || Number(req.headers['content-length'] ?? Number.NaN) <= smallBody
}

function linger(req: IncomingMessage, res: ServerResponse): void {
  const close = () => {
    clearTimeout(timer)
    res.end()
  }
  const timer = setTimeout(() => {
    res.end()
    req.socket.destroy()
  }, lingerMs)
  timer.unref()
  req.once('end', close).once('close', close).resume()
}

/** Printable ASCII but for the percent sign. */
const PLAIN = /^[\x20-\x24\x26-\x7e]*$/

/**
 * Text as a header value: printable ASCII as it is, everything else (line breaks above all) percent-encoded, so that it
 * can never end the header. `decodeURIComponent` gives the text back.
 */
export function headerText(text: string): string {
  if (PLAIN.test(text)) return text
  return text.toWellFormed().replace(/[^\x20-\x24\x26-\x7e]+/g, encodeURIComponent)
}

/** Names the methods that an address has. Throw the result. */
export function methodNotAllowed(res: ServerResponse, allowed: readonly string[]): HomeportError {
  res.setHeader('allow', allowed.join(', '))
  return new HomeportError('method-not-allowed', `This address only takes ${allowed.join(', ')}.`)
}
