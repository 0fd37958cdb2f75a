import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { HomeportError } from '../errors/homeport-error.ts'
import { classifyHost } from '../lib/address-policy.ts'
import { retryAfterSeconds } from '../lib/retry-after.ts'
import type { OtlpTraces } from './otlp-encode.ts'
import { encodeProtobuf } from './otlp-encode-protobuf.ts'

/** Sends one request. Follows no redirect, and leads nowhere but where the name of the host says. */
export interface CollectorHttp {
  send(request: {
    method: 'POST'
    url: URL
    headers: Record<string, string>
    body: Buffer
    signal: AbortSignal
  }): Promise<{
    status: number
    /** Names in lower case. */
    headers: Readonly<Record<string, string>>
    /** Null when it is longer than that. */
    body: { bytes(maxBytes: number): Promise<Buffer | null> }
  }>
}

/** What became of a request. `later`: it may be taken another time, in so many seconds where the collector said. */
export type Verdict =
  | { kind: 'taken'; status: number; message: string | null }
  | { kind: 'refused'; status: number | null; message: string }
  | { kind: 'later'; status: number | null; message: string; afterSeconds: number | null }

export interface Collector {
  /** Never throws for what the collector or the network does; throws the signal's reason. */
  post(url: URL, headers: Record<string, string>, traces: OtlpTraces, signal: AbortSignal): Promise<Verdict>
}

const MAX_ANSWER_BYTES = 64 * 1024
const SHOWN_ANSWER_CHARS = 300
const UNSUPPORTED_TYPE = 415
/** https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504])
const compress = promisify(gzip)

/** OTLP over HTTP, as JSON; as protobuf where a collector, like Phoenix, takes nothing else. */
export function createCollector(http: CollectorHttp, timeoutMs: number): Collector {
  const wantProtobuf = new Set<string>()

  const ask = async (
    url: URL,
    headers: Record<string, string>,
    traces: OtlpTraces,
    signal: AbortSignal
  ): Promise<Verdict> => {
    const isBinary = wantProtobuf.has(url.href)
    const bytes = isBinary ? encodeProtobuf(traces) : Buffer.from(JSON.stringify(traces))
    const response = await http.send({
      method: 'POST',
      url,
      headers: {
        ...headers,
        'content-type': isBinary ? 'application/x-protobuf' : 'application/json',
        'content-encoding': 'gzip'
      },
      body: await compress(bytes),
      signal
    })
    const answer = (await response.body.bytes(MAX_ANSWER_BYTES))?.toString() ?? ''
    if (response.status === UNSUPPORTED_TYPE && !isBinary) {
      wantProtobuf.add(url.href)
      return ask(url, headers, traces, signal)
    }
    return verdictOf(response, answer)
  }

  return {
    async post(url, headers, traces, signal) {
      const timeout = AbortSignal.timeout(timeoutMs)
      try {
        checkCollectorUrl(url)
        return await ask(url, headers, traces, AbortSignal.any([signal, timeout]))
      } catch (error) {
        signal.throwIfAborted()
        const [kind, message] = timeout.aborted
          ? ['later' as const, `${url.host} did not answer within ${timeoutMs / 1000} seconds.`]
          : [isFinal(error) ? ('refused' as const) : ('later' as const), messageOf(error, url)]
        return { kind, status: null, message, afterSeconds: null }
      }
    }
  }
}

/** Where a collector takes spans, of the address that a person gave: that itself, or what stands before `/v1/traces`. */
export function tracesUrlOf(address: string): URL {
  const url = new URL(address)
  if (!url.pathname.endsWith('/v1/traces')) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`
  return url
}

/** Throws `bad-request` for an address that no calls are sent to. */
function checkCollectorUrl({ protocol, hostname, username, password }: URL): void {
  const where = classifyHost(hostname)
  if (where === 'forbidden') throw badAddress('This address is no place to send calls to.')
  if (protocol !== 'https:' && where === 'public')
    throw badAddress('Calls go over the internet only encrypted: give an address that begins with https.')
  if (username !== '' || password !== '')
    throw badAddress('An address cannot hold a name and a password: give them as a header.')
}

const badAddress = (message: string): HomeportError =>
  new HomeportError('bad-request', message, { param: 'exportUrl' })

function verdictOf(
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
  answer: string
): Verdict {
  if (status >= 200 && status < 300) return { kind: 'taken', status, message: partOfItRefused(answer) }
  const said = answer.replace(/\s+/g, ' ').trim().slice(0, SHOWN_ANSWER_CHARS)
  const message = `The collector answered ${status}${said && `: ${said}`}`
  return retryable.has(status)
    ? { kind: 'later', status, message, afterSeconds: retryAfterSeconds(headers, Date.now()) }
    : { kind: 'refused', status, message }
}

/** https://opentelemetry.io/docs/specs/otlp/#partial-success-1; null where all was taken, as far as it says. */
function partOfItRefused(answer: string): string | null {
  const rejected = /"rejectedSpans"\s*:\s*"?([1-9]\d*)/.exec(answer)?.[1]
  if (rejected === undefined) return null
  const why = /"errorMessage"\s*:\s*"((?:[^"\\]|\\.){0,300})/.exec(answer)?.[1]
  return `The collector refused ${rejected} spans${why ? `: ${why}` : '.'}`
}

const isFinal = (error: unknown): boolean =>
  error instanceof HomeportError && error.code !== 'upstream-unreachable'

const messageOf = (error: unknown, { host }: URL): string =>
  error instanceof HomeportError ? error.message : `${host} broke off its answer.`
