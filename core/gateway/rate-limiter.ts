/** How fast one principal may go on average, and how much at once. */
export interface Rate {
  perSecond: number
  burst: number
}

/** A token bucket for each key. Keys are principals, so there are only as many as the person made. */
export class RateLimiter {
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  readonly #rate: Rate
  readonly #now: () => number

  /** `now` gives milliseconds on any steady clock. */
  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate
    this.#now = now
  }

  /** Takes one token. Gives the seconds to wait for the next one when there is none, else 0. */
  take(key: string): number {
    const now = this.#now()
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      bucket = { tokens: this.#rate.burst, at: now }
      this.#buckets.set(key, bucket)
    }
    const earned = ((now - bucket.at) / 1000) * this.#rate.perSecond
    bucket.tokens = Math.min(this.#rate.burst, bucket.tokens + earned)
    bucket.at = now
    if (bucket.tokens < 1) return (1 - bucket.tokens) / this.#rate.perSecond
    bucket.tokens -= 1
    return 0
  }
}
