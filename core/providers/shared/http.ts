import { isIP } from 'node:net'
import { Agent, buildConnector, type Dispatcher, Pool } from 'undici'
import { HomeportError } from '../../errors/homeport-error.ts'
import { mayConnect } from '../../lib/address-policy.ts'
import { guardedLookup, type ResolveAll } from '../../lib/guarded-lookup.ts'
import { addressRefused } from './address-refused.ts'
import { brokenOff, unreachable } from './network-failure.ts'
import type { UpstreamBody } from './upstream-body.ts'
import { requestUpstream, type UpstreamHead } from './upstream-request.ts'

/** A body, in one piece or in several that follow each other. */
export type UpstreamBytes = Buffer | readonly Buffer[]

export interface UpstreamRequest {
  method: 'GET' | 'POST'
  url: URL
  headers: Record<string, string>
  body?: UpstreamBytes
  /** Aborting closes the socket at once; what waits then rejects with the signal's reason. */
  signal: AbortSignal
}

export interface UpstreamResponse {
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** Must be read to its end or destroyed. */
  body: UpstreamBody
}

/** Requests to model servers. Credentials go to the origin of the URL and nowhere else: redirects are not followed. */
export interface UpstreamHttp {
  /**
   * Resolves when the response head is there, whatever its status; a redirect counts as a failure.
   * Throws `upstream-unreachable` with the host and a reason, or the reason of the signal.
   */
  send(request: UpstreamRequest): Promise<UpstreamResponse>
  close(): Promise<void>
}

export interface UpstreamHttpOptions {
  resolve?: ResolveAll
  connectTimeoutMs?: number
  /** A local server may load a model, and a reasoning model think, before the head of its answer comes. */
  headersTimeoutMs?: number
  /** Longest silence inside an answer. */
  idleTimeoutMs?: number
}

const MINUTE = 60_000
/** Small servers close an idle connection after 5 s without saying so; a request sent just then would be lost. */
const KEEP_ALIVE_MS = 4000
/** The edges of public services keep theirs for a minute and more, and a new TLS connection costs three round trips. */
const KEEP_ALIVE_PUBLIC_MS = 30_000

export function createUpstreamHttp(options: UpstreamHttpOptions = {}): UpstreamHttp {
  const connectSocket = buildConnector({
    timeout: options.connectTimeoutMs ?? 10_000,
    lookup: guardedLookup(addressRefused, options.resolve)
  })
  // a host that is an IP address is never looked up, so it is checked here
  const connect: buildConnector.connector = (target, callback) => {
    const host = target.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(host) !== 0 && !mayConnect(host, host)) callback(addressRefused(target.hostname), null)
    else connectSocket(target, callback)
  }
  const agent = new Agent({
    connect,
    headersTimeout: options.headersTimeoutMs ?? 10 * MINUTE,
    bodyTimeout: options.idleTimeoutMs ?? 5 * MINUTE,
    factory: (origin, poolOptions) =>
      new Pool(origin, {
        ...poolOptions,
        keepAliveTimeout: String(origin).startsWith('https:') ? KEEP_ALIVE_PUBLIC_MS : KEEP_ALIVE_MS
      })
  })

  return {
    async send({ method, url, headers, body, signal }) {
      signal.throwIfAborted()
      const request = {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        // nothing here decompresses, so that no small answer can unfold into a large one
        headers: {
          'user-agent': 'Homeport',
          ...headers,
          'accept-encoding': 'identity',
          // of pieces the client does not count the bytes by itself
          ...(Array.isArray(body) && { 'content-length': String(bytesIn(body)) })
        },
        body: asDispatched(body)
      }
      let response: UpstreamHead
      try {
        response = await requestUpstream(agent, request, signal)
      } catch (error) {
        signal.throwIfAborted()
        throw unreachable(url.host, error)
      }
      const answered = {
        status: response.status,
        headers: flatten(response.headers),
        body: response.body
      }
      const problem = refusal(answered, url)
      if (problem) {
        response.body.destroy()
        throw problem
      }
      return answered
    },
    close: () => agent.destroy()
  }
}

/**
 * The whole body as text; invalid UTF-8 becomes U+FFFD. Throws `upstream-failed` when it is larger than `maxBytes`, stays
 * silent too long or breaks off.
 */
export async function readText(
  { body }: UpstreamResponse,
  { host, maxBytes, signal }: { host: string; maxBytes: number; signal: AbortSignal }
): Promise<string> {
  try {
    const bytes = await body.bytes(maxBytes)
    if (bytes) return bytes.toString('utf8')
  } catch (error) {
    signal.throwIfAborted()
    throw brokenOff(host, error)
  }
  throw new HomeportError('upstream-failed', `The answer of ${host} is too large.`)
}

const bytesIn = (pieces: readonly Buffer[]): number =>
  pieces.reduce((bytes, piece) => bytes + piece.length, 0)

type DispatchBody = NonNullable<Dispatcher.DispatchOptions['body']> | null

// proven boundary: undici takes any iterable of buffers, as its documentation says, and its types do not
const asDispatched = (body: UpstreamBytes | undefined): DispatchBody => (body ?? null) as DispatchBody

function flatten(headers: UpstreamHead['headers']): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}

function refusal({ status, headers }: UpstreamResponse, url: URL): HomeportError | null {
  if (status >= 300 && status < 400) {
    const target = URL.parse(headers.location ?? '', url.href)
    const where = target ? `${target.host}${target.pathname}` : 'another address'
    return new HomeportError(
      'upstream-failed',
      `${url.host} redirects to ${where}. Redirects are not followed, so that the key goes nowhere else.`,
      { action: 'If you trust that address, save it as the base URL of the provider.' }
    )
  }
  const encoding = headers['content-encoding']
  if (encoding && encoding !== 'identity') {
    return new HomeportError(
      'upstream-failed',
      `${url.host} compressed its answer although it was not asked to.`
    )
  }
  return null
}
