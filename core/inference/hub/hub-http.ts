import type { Readable } from 'node:stream'
import { type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { HomeportError } from '../../errors/homeport-error.ts'
import { addressProblem } from './hub-address.ts'
import { hubProblem, hubUnreachable } from './hub-problem.ts'

export interface HubRequest {
  method: 'GET' | 'HEAD'
  hub: URL
  url: URL
  headers: Record<string, string>
  signal: AbortSignal
  /** Stay with the hub: where it passes the request on to another server, that answer is the answer. */
  stayAtHub?: boolean
}

export interface HubResponse {
  status: number
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** What the hub itself said, also when it passed the request on. */
  hubHeaders: Readonly<Record<string, string>>
  /** Who answered at last. */
  host: string
  /** Must be read to its end or destroyed. */
  body: Readable
}

export interface HubText {
  text: string
  headers: Readonly<Record<string, string>>
}

/** Requests to the hub and to where it passes them on. The person's token goes to the hub and nowhere else. */
export interface HubHttp {
  /**
   * Resolves when the head of the answer is there, whatever its status. Throws `upstream-unreachable`, `upstream-failed`
   * for redirects that must not be followed, or the reason of the signal.
   */
  send(request: HubRequest): Promise<HubResponse>
  /** The whole of a 2xx answer as text; other answers are thrown in words. `repo` is what they are about. */
  readText(request: HubRequest, repo: string | null): Promise<HubText>
  /** Of an answer that is no 2xx, the error in words. */
  problemOf(response: HubResponse, hub: URL, repo: string | null): Promise<HomeportError>
  close(): Promise<void>
}

export interface HubHttpOptions {
  token: (hub: URL) => Promise<string | null>
  /** Read for HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case. */
  env: Readonly<Record<string, string | undefined>>
  connectTimeoutMs?: number
  /** Longest silence before and inside an answer. */
  idleTimeoutMs?: number
}

const MAX_REDIRECTS = 5
const MAX_TEXT_BYTES = 8 << 20
/** A proxy elsewhere cannot reach what runs on this machine. */
const NEVER_PROXIED = 'localhost,127.0.0.1,[::1]'

export function createHubHttp(options: HubHttpOptions): HubHttp {
  const { env, token, idleTimeoutMs = 30_000 } = options
  let agent: EnvHttpProxyAgent | null = null

  const ask = async (
    request: HubRequest,
    url: URL,
    headers: Record<string, string>
  ): Promise<HubResponse> => {
    agent ??= openAgent(env, options.connectTimeoutMs ?? 15_000)
    request.signal.throwIfAborted()
    let answer: Dispatcher.ResponseData
    try {
      answer = await agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers,
        signal: request.signal,
        headersTimeout: idleTimeoutMs,
        bodyTimeout: idleTimeoutMs
      })
    } catch (error) {
      request.signal.throwIfAborted()
      throw hubUnreachable(url.host, error)
    }
    // an error after the last reader has gone is nobody's: without a listener it would end the process
    answer.body.on('error', () => {})
    return {
      status: answer.statusCode,
      headers: flatten(answer.headers),
      hubHeaders: {},
      host: url.host,
      body: answer.body
    }
  }

  const send = async (request: HubRequest): Promise<HubResponse> => {
    const { hub } = request
    const secret = await token(hub)
    let url = request.url
    // once it was passed on, it does not get the token back: who sent it there chose the address
    let atHub = true
    let hubHeaders: Record<string, string> = {}
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const problem = addressProblem(url, hub)
      if (problem !== null) throw notFollowed(hub, url, problem)
      atHub &&= url.origin === hub.origin
      const response = await ask(request, url, {
        'user-agent': 'Homeport',
        ...request.headers,
        // bytes are counted and asked for by number, so they must be the file's own
        'accept-encoding': 'identity',
        ...(atHub && secret !== null && { authorization: `Bearer ${secret}` })
      })
      if (atHub) hubHeaders = { ...hubHeaders, ...response.headers }
      const target = redirectTarget(response, url)
      if (target === null || (request.stayAtHub && target.origin !== hub.origin))
        return { ...response, hubHeaders }
      response.body.destroy()
      url = target
    }
    throw notFollowed(hub, url, 'it redirects too often')
  }

  const problemOf = async (response: HubResponse, hub: URL, repo: string | null): Promise<HomeportError> => {
    response.body.destroy()
    return hubProblem(response, { host: hub.host, repo, hasToken: (await token(hub)) !== null })
  }

  return {
    send,
    problemOf,
    async readText(request, repo) {
      const response = await send(request)
      if (response.status < 200 || response.status > 299) throw await problemOf(response, request.hub, repo)
      return { text: await readBody(response, request.signal), headers: response.headers }
    },
    close: async () => agent?.destroy()
  }
}

function openAgent(env: HubHttpOptions['env'], connectTimeoutMs: number): EnvHttpProxyAgent {
  const setting = (name: string) => env[name.toLowerCase()] ?? env[name] ?? ''
  return new EnvHttpProxyAgent({
    httpProxy: setting('HTTP_PROXY'),
    httpsProxy: setting('HTTPS_PROXY'),
    noProxy: setting('NO_PROXY') === '*' ? '*' : `${setting('NO_PROXY')},${NEVER_PROXIED}`,
    connect: { timeout: connectTimeoutMs }
  })
}

function redirectTarget({ status, headers }: HubResponse, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return null
  return URL.parse(headers.location, from.href)
}

function notFollowed(hub: URL, url: URL, problem: string): HomeportError {
  return new HomeportError('upstream-failed', `${hub.host} passes on to ${url.host}: ${problem}.`, {
    action: 'If a mirror is set in Settings, check its address.'
  })
}

async function readBody({ body, host }: HubResponse, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > MAX_TEXT_BYTES)
        throw new HomeportError('upstream-failed', `The answer of ${host} is too large.`)
      chunks.push(chunk)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw hubUnreachable(host, error)
  }
  return Buffer.concat(chunks, size).toString('utf8')
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
