/** Milliseconds to wait before each start after a crash. When they are used up, the person decides. */
const delays = [0, 500, 2000, 5000, 10_000] as const
/** A daemon that ran this long was healthy: its crash is the first of a new row. */
const healthyAfterMs = 60_000

/** Decides when a daemon that went away is started again. Times are milliseconds of one clock. */
export class RestartPolicy {
  #crashesInARow = 0
  #readyAt: number | null = null

  becameReady(now: number): void {
    this.#readyAt = now
  }

  /** The wait before the next start, or null: it crashed too often in a row. */
  nextDelay(now: number): number | null {
    if (this.#readyAt !== null && now - this.#readyAt >= healthyAfterMs) this.#crashesInARow = 0
    this.#readyAt = null
    return delays[this.#crashesInARow++] ?? null
  }

  /** Forgets the crashes, as the person asked for another try. */
  reset(): void {
    this.#crashesInARow = 0
    this.#readyAt = null
  }
}
