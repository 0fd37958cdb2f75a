import type { IncomingMessage, ServerResponse } from 'node:http'
import { HomeportError, isAbort } from '../errors/homeport-error.ts'
import { asHomeportError } from '../errors/internal-error.ts'
import type { Logger } from '../lib/logger.ts'
import type { SpanReceiver } from '../telemetry/receive.ts'
import { type Principal, readCredential } from './credential.ts'
import { OriginCheck } from './origin-check.ts'
import { type Rate, RateLimiter } from './rate-limiter.ts'
import { encodingOf, errorAnswer, successAnswer } from './receive-answer.ts'
import { readGzipBody } from './receive-body.ts'
import { errorHeaders, errorStatus, methodNotAllowed, refuse, refuseSilently } from './respond.ts'

export interface ReceiveParts {
  /** Whose credential this is; null when it is nobody's, or was revoked. */
  authenticate(token: string): Principal | null
  receiver: SpanReceiver
  logger: Logger
  limits?: Partial<ReceiveLimits>
}

export interface ReceiveLimits {
  /** Of a body, and of what it unfolds to. */
  bodyBytes: number
  /** Of exports, for each app key. The SDKs send one every five seconds, or after 512 spans. */
  rate: Rate
}

const defaultLimits: ReceiveLimits = { bodyBytes: 64 * 1024 * 1024, rate: { perSecond: 100, burst: 500 } }

/** Answers OTLP over HTTP: Host and Origin, app key, rate, then body and parsing, as the gateway does. */
export class ReceiveHandler {
  readonly #parts: ReceiveParts
  readonly #limits: ReceiveLimits
  readonly #origins: OriginCheck
  readonly #rate: RateLimiter

  constructor(parts: ReceiveParts, port: number) {
    this.#parts = parts
    this.#limits = { ...defaultLimits, ...parts.limits }
    this.#origins = new OriginCheck({ port, uiOrigins: [], servesPages: false })
    this.#rate = new RateLimiter(this.#limits.rate)
  }

  /** Never throws and never rejects. */
  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // a write that loses the race with a closing connection is no failure of ours
    res.on('error', () => {})
    if (this.#origins.refusal(req) !== null) return refuseSilently(req, res, 403)
    try {
      await this.#receive(req, res)
    } catch (error) {
      this.#fail(req, res, error)
    }
  }

  async #receive(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const key = this.#authenticated(req)
    const [path] = (req.url ?? '').split('?', 1)
    if (path !== '/v1/traces') throw new HomeportError('not-found', 'Only traces are taken: /v1/traces.')
    if (req.method !== 'POST') throw methodNotAllowed(res, ['POST'])
    const encoding = encodingOf(req.headers['content-type'])
    if (encoding === null)
      throw new HomeportError(
        'unsupported-media-type',
        'The body must be sent as application/x-protobuf or application/json.'
      )
    const body = await readGzipBody(req, res, this.#limits.bodyBytes)
    const result = await this.#parts.receiver.receive({ body, encoding }, key)
    const answer = successAnswer(encoding, result)
    res.writeHead(200, { 'content-type': answer.type, 'content-length': answer.body.length })
    res.end(answer.body)
  }

  /** Throws `not-authenticated`, `not-allowed` and `rate-limited`. */
  #authenticated(req: IncomingMessage): Extract<Principal, { kind: 'app-key' }> {
    const credential = readCredential(req.headers)
    const principal = credential === null ? null : this.#parts.authenticate(credential)
    if (principal?.kind !== 'app-key')
      throw new HomeportError('not-authenticated', 'A valid app key is required.', {
        action: 'Create one in Settings and send it in OTEL_EXPORTER_OTLP_HEADERS.'
      })
    if (principal.isPaused)
      throw new HomeportError('not-allowed', `The app key “${principal.name}” is paused.`)
    const wait = this.#rate.take(principal.id)
    if (wait > 0)
      throw new HomeportError('rate-limited', 'Too many exports.', {
        retryAfterSeconds: wait,
        retryable: true
      })
    return principal
  }

  #fail(req: IncomingMessage, res: ServerResponse, error: unknown): void {
    if (isAbort(error) && res.destroyed) return
    const failure = asHomeportError(error)
    if (failure !== error) this.#parts.logger.error({ error }, 'Spans could not be taken')
    if (res.destroyed || res.headersSent) return void res.destroy()
    const answer = errorAnswer(encodingOf(req.headers['content-type']) ?? 'json', failure)
    const headers = { ...errorHeaders(failure, null), 'content-type': answer.type }
    refuse(req, res, errorStatus(failure), answer.body, headers)
  }
}
