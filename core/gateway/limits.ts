import type { Rate } from './rate-limiter.ts'

/** What one client can take of the daemon. Times are milliseconds. */
export interface GatewayLimits {
  bodyBytes: number
  headersTimeoutMs: number
  /** From a request's first byte to the last byte of its body. */
  requestTimeoutMs: number
  /** How long an idle connection stays open for the next request. */
  keepAliveTimeoutMs: number
  maxConnections: number
  /** For each app key, and for the windows together. Only a program that runs wild reaches the default. */
  rate: Rate
  /** How long a call of a key with limits of its own may wait for its turn. */
  keyWaitMs: number
  /** For guesses of link codes, of all clients together. */
  codeRate: Rate
  /** How long calls in progress may go on after `close()`. */
  closeGraceMs: number
  /** Between two comments that keep an idle event stream open. */
  eventKeepAliveMs: number
}

export const defaultLimits: GatewayLimits = {
  bodyBytes: 64 * 1024 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 60_000,
  maxConnections: 4096,
  rate: { perSecond: 5000, burst: 10_000 },
  keyWaitMs: 10_000,
  codeRate: { perSecond: 1, burst: 30 },
  closeGraceMs: 1000,
  eventKeepAliveMs: 15_000
}
