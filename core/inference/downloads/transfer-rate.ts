/** After this long, what came before counts for about a third. */
const DECAY_MS = 5_000
/** Shorter spans say more about buffers than about the line. */
const SPAN_MS = 250

/** Bytes per second, the last seconds counting most. Times are milliseconds of any clock that only goes forward. */
export class TransferRate {
  #rate: number | null = null
  #since: number
  #bytes = 0

  constructor(now: number) {
    this.#since = now
  }

  add(bytes: number, now: number): void {
    this.#bytes += bytes
    if (now - this.#since >= SPAN_MS) this.#take(now)
  }

  /** Falls while nothing comes; null until it was measured. */
  read(now: number): number | null {
    if (now - this.#since >= SPAN_MS) this.#take(now)
    return this.#rate
  }

  #take(now: number): void {
    const span = now - this.#since
    const rate = (this.#bytes / span) * 1000
    const weight = Math.exp(-span / DECAY_MS)
    this.#rate = this.#rate === null ? rate : this.#rate * weight + rate * (1 - weight)
    this.#since = now
    this.#bytes = 0
  }
}
