import type { IncomingMessage, ServerResponse } from 'node:http'
import { sessionRequestSchema } from '../contract/access.ts'
import { appErrorBody } from '../errors/app-error.ts'
import { HomeportError, isAbort } from '../errors/homeport-error.ts'
import { asHomeportError } from '../errors/internal-error.ts'
import { traceIdOf } from '../errors/trace-of-error.ts'
import { Slots } from '../lib/slots.ts'
import { dispatchApp, readAppBody, valid } from './app-dispatch.ts'
import { clientCalls } from './client-calls.ts'
import { type Principal, readCredential } from './credential.ts'
import { dialects } from './dialect-list.ts'
import type { DialectRoutes } from './dialect-routes.ts'
import type { Exchange } from './exchange.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { KeyLimiter } from './key-limiter.ts'
import type { GatewayLimits } from './limits.ts'
import type { OriginCheck } from './origin-check.ts'
import { RateLimiter } from './rate-limiter.ts'
import {
  errorHeaders,
  errorStatus,
  methodNotAllowed,
  refuse,
  refuseSilently,
  send,
  sendJson
} from './respond.ts'
import { serveAppEvents } from './routes/app-events.ts'
import { serveMetrics } from './routes/metrics.ts'
import { isPagePath, serveStaticFile } from './static-files.ts'

const sessionBodyBytes = 4096
const maxLoggedRefusals = 100

/**
 * Takes every request through the same checks in the same order: Host and Origin, credential, rate, then (in the routes)
 * body and parsing. What is not let in here explicitly is refused.
 */
export class RequestHandler {
  readonly #parts: GatewayParts
  readonly #limits: GatewayLimits
  readonly #origins: OriginCheck
  readonly #rate: RateLimiter
  readonly #codeRate: RateLimiter
  readonly #keyLimiter: KeyLimiter
  readonly #health: string
  readonly #loggedRefusals = new Set<string>()
  /** The answers being written for app keys, so that a revoked key's can be cut. */
  readonly #calls = new Slots<{ res: ServerResponse; keyId: string }>()
  readonly #eventStreams = new Set<ServerResponse>()

  constructor(parts: GatewayParts, limits: GatewayLimits, origins: OriginCheck) {
    this.#parts = parts
    this.#limits = limits
    this.#origins = origins
    this.#rate = new RateLimiter(limits.rate)
    this.#codeRate = new RateLimiter(limits.codeRate)
    this.#keyLimiter = new KeyLimiter({ maxWaitMs: limits.keyWaitMs })
    this.#health = JSON.stringify({ ok: true, version: parts.version })
  }

  /** Answers one request. Never throws and never rejects. */
  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // a write that loses the race with a closing connection is no failure of ours
    res.on('error', () => {})
    const target = req.url ?? '/'
    const end = target.indexOf('?')
    const path = end === -1 ? target : target.slice(0, end)
    try {
      await this.#admit(req, res, path, end === -1 ? '' : target.slice(end + 1))
    } catch (error) {
      this.#fail(req, res, path, error)
    }
  }

  /** Cuts the answers that a revoked key is still receiving. */
  cutCallsOf(keyId: string): void {
    for (const call of this.#calls) if (call.keyId === keyId) call.res.destroy()
  }

  endEventStreams(): void {
    for (const res of this.#eventStreams) res.end()
  }

  async #admit(req: IncomingMessage, res: ServerResponse, path: string, query: string): Promise<void> {
    const refusal = this.#origins.refusal(req)
    if (refusal !== null) {
      this.#logRefusal(refusal, req.headers[refusal])
      return refuseSilently(req, res, 403)
    }
    this.#origins.allow(req, res)
    if (this.#origins.isPreflight(req)) return this.#origins.answerPreflight(req, res)

    if (path === '/health') return this.#serveHealth(req, res)
    const { rendererDir } = this.#parts
    if (rendererDir !== null && isPagePath(path)) return serveStaticFile({ req, res, path }, rendererDir)
    if (path === '/app/session' && req.method === 'POST') return this.#openSession(req, res)

    const dialect = dialectOf(req, path)
    const principal = this.#authenticate(req, path, dialect)
    const exchange = { req, res, path, query, principal }
    if (dialect && principal.kind === 'app-key') return this.#serveDialect(dialect, exchange, principal)
    if (path === '/metrics' && principal.kind === 'app-key')
      return serveMetrics(exchange, this.#parts.metrics)
    if (!path.startsWith('/app/')) throw new HomeportError('not-found', 'There is nothing at this address.')
    if (path !== '/app/events') return dispatchApp(exchange, this.#parts.appHandlers, this.#limits.bodyBytes)
    if (req.method !== 'GET') throw methodNotAllowed(res, ['GET'])
    this.#eventStreams.add(res)
    res.on('close', () => this.#eventStreams.delete(res))
    serveAppEvents(exchange, this.#parts.events, this.#limits.eventKeepAliveMs)
  }

  /** Throws `not-authenticated`, `not-allowed` and `rate-limited`. */
  #authenticate(req: IncomingMessage, path: string, dialect: DialectRoutes | null): Principal {
    const credential = readCredential(req.headers)
    const principal = credential === null ? null : this.#parts.authenticate(credential)
    const isApp = principal?.kind === 'session' || principal?.kind === 'control'
    if (principal === null || (isApp && dialect !== null)) {
      throw new HomeportError('not-authenticated', 'A valid key is required.', {
        action: 'Create an app key in Settings, or with `homeport key create`, and send it as a bearer token.'
      })
    }
    if (!isApp && path.startsWith('/app/')) {
      throw new HomeportError('not-allowed', 'An app key cannot control Homeport.')
    }
    const wait = this.#rate.take(principal.kind === 'app-key' ? principal.id : principal.kind)
    if (wait > 0) throw tooFast(wait)
    return principal
  }

  async #serveDialect(
    dialect: DialectRoutes,
    exchange: Exchange,
    principal: Extract<Principal, { kind: 'app-key' }>
  ): Promise<void> {
    if (this.#parts.isPaused()) {
      throw new HomeportError('gateway-paused', 'The gateway is paused.', {
        action: 'Resume it in the tray menu or in Settings.',
        retryable: true
      })
    }
    if (principal.isPaused) {
      throw new HomeportError('not-allowed', `The app key “${principal.name}” is paused.`, {
        action: 'Resume it in Homeport, in Settings under Gateway, or with `homeport key resume`.'
      })
    }
    const { req, res, path } = exchange
    const headerStyle = path.startsWith('/v1/messages') ? 'anthropic' : 'openai'
    const client = { req, res, key: principal, headerStyle } as const
    const calls = clientCalls(this.#parts.pipeline, this.#keyLimiter, client)
    // what is asked for by GET is no call
    if (req.method !== 'POST') calls.showAllowance()
    const slot = this.#calls.put({ res, keyId: principal.id })
    try {
      const { pipeline, admit } = calls
      const bodyLimit = this.#limits.bodyBytes
      await dialect.serve(exchange, principal, { ...this.#parts, pipeline, admit, bodyLimit })
    } catch (error) {
      calls.showAllowance()
      throw error
    } finally {
      this.#calls.take(slot)
    }
  }

  #serveHealth(req: IncomingMessage, res: ServerResponse): void {
    if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed(res, ['GET', 'HEAD'])
    send(res, 200, this.#health, { 'cache-control': 'no-store' })
  }

  async #openSession(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const wait = this.#codeRate.take('')
    if (wait > 0) throw tooFast(wait)
    const { code } = valid(sessionRequestSchema, await readAppBody(req, res, sessionBodyBytes))
    const session = this.#parts.redeemCode(code)
    if (session === null) {
      throw new HomeportError('not-authenticated', 'This link was used already, or is too old.', {
        action: 'Get a new one with `homeport open`.'
      })
    }
    sendJson(res, 200, session, { 'cache-control': 'no-store' })
  }

  #logRefusal(kind: 'host' | 'origin', value: string | undefined): void {
    const entry = `${kind} ${value?.slice(0, 200)}`
    if (this.#loggedRefusals.has(entry) || this.#loggedRefusals.size >= maxLoggedRefusals) return
    this.#loggedRefusals.add(entry)
    this.#parts.logger.warn({ [kind]: value?.slice(0, 200) }, `Refused requests with a foreign ${kind}.`)
  }

  #fail(req: IncomingMessage, res: ServerResponse, path: string, error: unknown): void {
    if (isAbort(error) && res.destroyed) return
    const failure = asHomeportError(error)
    const traceId = traceIdOf(error)
    if (failure !== error) {
      this.#parts.logger.error(
        { method: req.method, traceId, ...placeOf(error) },
        'A request failed unexpectedly.'
      )
    }
    if (res.destroyed || res.writableEnded) return
    if (res.headersSent) return void res.destroy()
    const write = dialectOf(req, path)?.errorBody ?? appErrorBody
    const body = write(failure, traceId)
    refuse(req, res, errorStatus(failure), JSON.stringify(body), errorHeaders(failure, traceId))
  }
}

const dialectOf = (req: IncomingMessage, path: string): DialectRoutes | null =>
  dialects.find((dialect) => dialect.owns(path, req.headers)) ?? null

function tooFast(seconds: number): HomeportError {
  return new HomeportError('rate-limited', 'Too many requests.', {
    action: 'Wait a moment, then try again.',
    retryAfterSeconds: seconds,
    retryable: true
  })
}

/** Where an unknown error came from. Its message stays out: it may quote a prompt or a key. */
function placeOf(error: unknown): { name: string; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return { name: error.name, frames: frames.slice(0, 10).map((line) => line.trim()) }
}
