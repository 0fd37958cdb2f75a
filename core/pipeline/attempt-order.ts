import type { HomeportError } from '../errors/homeport-error.ts'
import { readFailure } from '../routing/read-failure.ts'
import type { Candidate, RoutePlan, Seat } from '../routing/route-plan.ts'

const MAX_ATTEMPTS = 4
const MAX_ATTEMPTS_ON_ONE = 3
/** Of all pauses of a call together. Who says to wait longer is not waited for. */
export const MAX_PAUSE_MS = 20_000
const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 8000
/** As long as the official SDKs wait for an answer; nobody is there to read what an attempt after it brings. */
const DEADLINE_MS = 600_000

/** Who is asked next, and after which pause. */
export interface Turn {
  candidate: Candidate
  seat: Seat
  pauseMs: number
  /** It failed before this call, and is tried for want of a better one: not again after this. */
  isResting: boolean
}

export interface AttemptOrderOptions {
  /** Who says to wait longer than this is not waited for: whoever called can wait as well, and know why. */
  longestWaitMs: number
  restsUntil(address: string, seat: Seat): number
  /** Milliseconds of any clock. */
  now(): number
  /** From 0 to below 1. */
  random(): number
}

/**
 * In which order the candidates of a plan are asked: each of them once, at once; the other keys of one that refused a key
 * or is at its limit before the next model. Only when none is left is one asked again that may do better then, after a
 * pause with full jitter, or as long as it said itself. At most four attempts, three on one model.
 */
export class AttemptOrder {
  readonly #plan: RoutePlan
  readonly #options: AttemptOrderOptions
  readonly #startedAt: number
  /** Addresses, one for each attempt so far. */
  readonly #asked: string[] = []
  #fresh: { candidate: Candidate; seat: Seat }[] = []
  #again: { candidate: Candidate; seat: Seat; notBefore: number }[] = []
  #pausedMs = 0
  #isLeftToCaller = false

  constructor(plan: RoutePlan, options: AttemptOrderOptions) {
    this.#plan = plan
    this.#options = options
    this.#startedAt = options.now()
    for (const candidate of plan.order)
      for (const seat of candidate.seats) this.#fresh.push({ candidate, seat })
  }

  /** Attempts so far. */
  get attempts(): number {
    return this.#asked.length
  }

  /** Whether somebody is left who was not asked yet. */
  get hasFresh(): boolean {
    return this.#fresh.length > 0 && this.attempts < MAX_ATTEMPTS
  }

  /** Whether it ended because the wait was too long: who called may ask again after it. */
  get isLeftToCaller(): boolean {
    return this.#isLeftToCaller
  }

  first(): Turn {
    const turn = this.#next()
    if (!turn) throw new Error('a plan names at least one model')
    return turn
  }

  /** Who is asked after this failure; null when its error is the answer. */
  after({ candidate, seat, isResting }: Turn, error: HomeportError): Turn | null {
    const { next, again, key } = readFailure(error)
    if (!next || (error.code === 'content-refused' && !this.#plan.fallbackOnRefusal)) return null
    const { address } = candidate
    if (!key) this.#fresh = this.#fresh.filter((other) => other.candidate.address !== address)
    if (again && !isResting && this.#attemptsOn(address) < MAX_ATTEMPTS_ON_ONE) {
      const notBefore = this.#options.now() + (error.retryAfterSeconds ?? 0) * 1000
      this.#again.push({ candidate, seat, notBefore })
    }
    return this.#next()
  }

  #next(): Turn | null {
    const now = this.#options.now()
    if (this.attempts >= MAX_ATTEMPTS || now - this.#startedAt > DEADLINE_MS) return null
    const fresh = this.#fresh.shift()
    if (fresh) return this.#turn(fresh, 0)
    this.#again.sort((a, b) => a.notBefore - b.notBefore)
    const again = this.#again.shift()
    if (!again) return null
    const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** (this.attempts - 1), LONGEST_BACKOFF_MS)
    const waitMs = Math.max(again.notBefore - now, 0)
    const pauseMs = waitMs + this.#options.random() * backoff
    if (waitMs > this.#options.longestWaitMs || this.#pausedMs + pauseMs > MAX_PAUSE_MS) {
      this.#isLeftToCaller = true
      return null
    }
    this.#pausedMs += pauseMs
    return this.#turn(again, pauseMs)
  }

  #attemptsOn(address: string): number {
    return this.#asked.filter((asked) => asked === address).length
  }

  #turn({ candidate, seat }: { candidate: Candidate; seat: Seat }, pauseMs: number): Turn {
    const { address } = candidate
    this.#asked.push(address)
    // who rests only because a pause was asked for is asked after that pause
    const isResting = pauseMs === 0 && this.#options.restsUntil(address, seat) > 0
    return { candidate, seat, pauseMs, isResting }
  }
}
