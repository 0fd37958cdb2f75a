const FAILURES_TO_OPEN = 3
const FIRST_REST_MS = 5000
const LONGEST_REST_MS = 300_000

/**
 * Leaves alone what fails: after three failures in a row, or one that says so, it rests for 5 s, twice as long each time
 * it fails again, at most 5 minutes. After its rest one call probes it. Times are milliseconds of one clock.
 */
export class Breaker {
  #failures = 0
  #opened = 0
  #restsUntil: number | null = null
  #isProbed = false

  /** When it may be asked again; 0 when it may be asked now. While a call probes it, nobody else should. */
  restsUntil(now: number): number {
    if (this.#restsUntil === null) return 0
    if (now < this.#restsUntil) return this.#restsUntil
    return this.#isProbed ? now : 0
  }

  state(now: number): 'well' | 'resting' | 'trying' {
    if (this.#restsUntil === null) return 'well'
    if (this.#isProbed) return 'trying'
    return now < this.#restsUntil ? 'resting' : 'well'
  }

  /** A call is on its way. */
  begin(): void {
    if (this.#restsUntil !== null) this.#isProbed = true
  }

  /** It answers again, though the answer is not over. */
  answering(): void {
    this.#restsUntil = null
    this.#isProbed = false
  }

  succeeded(): void {
    this.answering()
    this.#failures = 0
    this.#opened = 0
  }

  /** `atOnce`: do not wait for two more. `restMs`: as long as it said itself, where it did. */
  failed(now: number, { atOnce, restMs }: { atOnce: boolean; restMs: number | null }): void {
    this.#isProbed = false
    this.#failures++
    if (!atOnce && this.#failures < FAILURES_TO_OPEN) return
    const ownRest = Math.min(FIRST_REST_MS * 2 ** this.#opened, LONGEST_REST_MS)
    this.#opened++
    this.#restsUntil = now + Math.min(Math.max(restMs ?? 0, ownRest), LONGEST_REST_MS)
  }

  /** The call ended without telling anything: its client left. */
  dropped(): void {
    this.#isProbed = false
  }
}
