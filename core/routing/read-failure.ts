import type { HomeportError } from '../errors/homeport-error.ts'

/** What a failed attempt means for the next one. */
export interface FailureReading {
  /** Another model may do better. */
  next: boolean
  /** The same model may be asked again after a pause. */
  again: boolean
  /** It is about the key: another key of the same provider may do. */
  key: boolean
  /** The upstream may have generated, and billed, what never came. */
  billed: boolean
  /** It speaks against the model's health, and is no fault of the request. */
  counts: boolean
}

const stop: FailureReading = { next: false, again: false, key: false, billed: false, counts: false }
const another: FailureReading = { ...stop, next: true, counts: true }

/** Gateways in front of a model that gave up waiting for it: the model may have gone on. */
const gaveUpWaiting = new Set([408, 504, 524])

/** Reads an error that came before any output was shown. */
export function readFailure(error: HomeportError): FailureReading {
  const { code, retryable, upstreamStatus } = error
  switch (code) {
    case 'rate-limited':
      return { ...another, again: true, key: true }
    case 'upstream-failed':
      if (upstreamStatus === null) return { ...another, again: retryable, billed: !retryable }
      if (upstreamStatus === 401 || upstreamStatus === 402 || upstreamStatus === 403) {
        return { ...another, key: true }
      }
      return gaveUpWaiting.has(upstreamStatus)
        ? { ...another, billed: true }
        : { ...another, again: retryable }
    case 'upstream-unreachable':
      return { ...another, again: retryable, billed: !retryable }
    case 'timeout':
      return { ...another, billed: true }
    case 'not-found':
    case 'model-broken':
    case 'unavailable':
    case 'internal':
      return another
    case 'engine-failed':
      return { ...another, again: retryable }
    case 'context-overflow':
    case 'content-refused':
      return { ...another, counts: false }
    default:
      return stop
  }
}
