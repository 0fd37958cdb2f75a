import type { ErrorCode } from '../contract/errors.ts'

const statusOf: Record<ErrorCode, number> = {
  'bad-request': 400,
  'not-authenticated': 401,
  'not-allowed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  timeout: 408,
  conflict: 409,
  'port-taken': 409,
  'newer-data': 409,
  'folder-locked': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'rate-limited': 429,
  internal: 500,
  'engine-failed': 502,
  'upstream-failed': 502,
  'upstream-unreachable': 502,
  'model-broken': 422,
  'context-overflow': 400,
  'content-refused': 400,
  'budget-exceeded': 402,
  'gateway-paused': 503,
  unavailable: 503
}

export interface HomeportErrorOptions {
  /** HTTP status, where it is not the code's usual one (an upstream's own 4xx, say). */
  status?: number
  /** What the person can do about it. */
  action?: string
  retryable?: boolean
  cause?: unknown
  /** Seconds to wait, as the upstream said. */
  retryAfterSeconds?: number
  /** The upstream's own error object, passed on to clients of the same dialect. */
  wire?: { dialect: string; body: unknown }
  /** The parameter of the request that is wrong. */
  param?: string
  /** The HTTP status with which an upstream refused the call, where one did. */
  upstreamStatus?: number
}

/**
 * The one error class that crosses rooms. `message` names what and where in words a person can read; it never holds a
 * key, a prompt or a path of this machine.
 */
export class HomeportError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly action: string | null
  readonly retryable: boolean
  readonly retryAfterSeconds: number | null
  readonly wire: { dialect: string; body: unknown } | null
  readonly param: string | null
  readonly upstreamStatus: number | null
  /**
   * Set when Homeport has asked again, or others, in vain. Clients are told not to: their retries would multiply ours.
   */
  retriedInVain = false

  constructor(code: ErrorCode, message: string, options: HomeportErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'HomeportError'
    this.code = code
    this.status = options.status ?? statusOf[code]
    this.action = options.action ?? null
    this.retryable = options.retryable ?? false
    this.retryAfterSeconds = options.retryAfterSeconds ?? null
    this.wire = options.wire ?? null
    this.param = options.param ?? null
    this.upstreamStatus = options.upstreamStatus ?? null
  }
}

/** Whether an error is the reason of an aborted signal: the caller stopped it, nothing failed. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
