import type { KeyLimits } from '../contract/access.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { TokenBucket } from './token-bucket.ts'

/** A changed limit reaches those who wait within this time. */
const LONGEST_SLEEP_MS = 1000

/** What a key has left of its limits. Null where there is none. */
export interface KeyAllowance {
  requests: Allowance | null
  tokens: Allowance | null
}
interface Allowance {
  limit: number
  remaining: number
  /** Until all of it is there again. */
  fullInMs: number
}

/** A call that was let through. */
export interface Admission {
  /** Replaces the estimate by what the call really took. Call it once. */
  correct(tokens: number): void
}

interface Waiter {
  tokens: number
  deadline: number
  admit(): void
  refuse(error: HomeportError): void
}

/**
 * Holds each key's calls to its limits. A call that is too early waits for its turn, in order of arrival, and is refused
 * when that would take too long.
 */
export class KeyLimiter {
  readonly #lines = new Map<string, Line>()
  readonly #maxWaitMs: number
  readonly #now: () => number

  /** `now` gives milliseconds on any steady clock. */
  constructor({ maxWaitMs, now = () => performance.now() }: { maxWaitMs: number; now?: () => number }) {
    this.#maxWaitMs = maxWaitMs
    this.#now = now
  }

  /**
   * Resolves when it is this call's turn. `limits` may change while it waits. Throws `rate-limited` with the seconds after
   * which a new try makes sense, and the signal's reason.
   */
  async admit(keyId: string, limits: KeyLimits, tokens: number, signal: AbortSignal): Promise<Admission> {
    signal.throwIfAborted()
    const line = this.#line(keyId, limits)
    await line.join(tokens, signal)
    return { correct: (actual) => line.correct(tokens, actual) }
  }

  allowance(keyId: string, limits: KeyLimits): KeyAllowance {
    return this.#line(keyId, limits).allowance()
  }

  #line(keyId: string, limits: KeyLimits): Line {
    let line = this.#lines.get(keyId)
    if (!line) {
      line = new Line(this.#maxWaitMs, this.#now)
      this.#lines.set(keyId, line)
    }
    line.follow(limits)
    return line
  }
}

/** The calls of one key that wait, and what the key has left. */
class Line {
  readonly #maxWaitMs: number
  readonly #now: () => number
  #limits: KeyLimits | null = null
  #requests: TokenBucket | null = null
  #tokens: TokenBucket | null = null
  #waiting: Waiter[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(maxWaitMs: number, now: () => number) {
    this.#maxWaitMs = maxWaitMs
    this.#now = now
  }

  follow(limits: KeyLimits): void {
    this.#limits = limits
    this.#requests = this.#resized(this.#requests, limits.requestsPerMinute)
    this.#tokens = this.#resized(this.#tokens, limits.tokensPerMinute)
  }

  allowance(): KeyAllowance {
    return { requests: this.#stateOf(this.#requests), tokens: this.#stateOf(this.#tokens) }
  }

  join(tokens: number, signal: AbortSignal): Promise<void> {
    const queued = this.#waiting.reduce((sum, waiter) => sum + waiter.tokens, 0)
    const wait = this.#wait(this.#waiting.length + 1, queued + this.#needed(tokens))
    if (wait === 0) {
      this.#take(tokens)
      return Promise.resolve()
    }
    if (wait > this.#maxWaitMs) return Promise.reject(this.#tooFast(wait))
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiter)
        reject(signal.reason)
        this.#advance()
      }
      const waiter: Waiter = {
        tokens,
        deadline: this.#now() + this.#maxWaitMs,
        admit() {
          signal.removeEventListener('abort', leave)
          resolve()
        },
        refuse(error) {
          signal.removeEventListener('abort', leave)
          reject(error)
        }
      }
      signal.addEventListener('abort', leave, { once: true })
      this.#waiting.push(waiter)
      this.#advance()
    })
  }

  correct(estimated: number, actual: number): void {
    this.#tokens?.take(actual - estimated, this.#now())
    this.#advance()
  }

  /** Lets those go whose turn has come or never will, and wakes up for the next. */
  #advance(): void {
    clearTimeout(this.#timer)
    if (this.#limits) this.follow(this.#limits)
    for (;;) {
      const [first] = this.#waiting
      if (!first) return
      const wait = this.#wait(1, this.#needed(first.tokens))
      const left = first.deadline - this.#now()
      if (wait > 0 && left > 0) {
        this.#timer = setTimeout(() => this.#advance(), Math.min(wait, left, LONGEST_SLEEP_MS))
        return
      }
      this.#waiting.shift()
      if (wait > 0) first.refuse(this.#tooFast(wait))
      else {
        this.#take(first.tokens)
        first.admit()
      }
    }
  }

  /** A call larger than the limit goes when all of the limit is there; what it takes beyond, those after it wait for. */
  #needed(tokens: number): number {
    return Math.min(tokens, this.#limits?.tokensPerMinute ?? tokens)
  }

  #wait(requests: number, tokens: number): number {
    const now = this.#now()
    return Math.max(this.#requests?.wait(requests, now) ?? 0, this.#tokens?.wait(tokens, now) ?? 0)
  }

  #take(tokens: number): void {
    const now = this.#now()
    this.#requests?.take(1, now)
    this.#tokens?.take(tokens, now)
  }

  #resized(bucket: TokenBucket | null, perMinute: number | null): TokenBucket | null {
    if (perMinute === null) return null
    bucket?.resize(perMinute, this.#now())
    return bucket ?? new TokenBucket(perMinute, this.#now())
  }

  #stateOf(bucket: TokenBucket | null): Allowance | null {
    return bucket && { limit: bucket.perMinute, ...bucket.state(this.#now()) }
  }

  #tooFast(waitMs: number): HomeportError {
    const { requestsPerMinute, tokensPerMinute } = this.#limits ?? {}
    const limits = [
      requestsPerMinute && `${requestsPerMinute} requests`,
      tokensPerMinute && `${tokensPerMinute} tokens`
    ]
    return new HomeportError(
      'rate-limited',
      `This key may take ${limits.filter(Boolean).join(' and ')} a minute, and has.`,
      {
        action: 'Wait, or change the limits of the key in Homeport.',
        retryAfterSeconds: waitMs / 1000,
        retryable: true
      }
    )
  }
}
