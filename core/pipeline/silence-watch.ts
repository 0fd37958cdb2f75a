/** How long an upstream may stay silent, in milliseconds. Null: as long as it likes. */
export interface SilenceLimits {
  /** From the start of the attempt to the first output. */
  firstTokenMs: number | null
  /** Between two events after it. */
  idleMs: number | null
}

/**
 * Calls back, once, when an upstream stays silent for too long. After the first output only the time in which somebody
 * waits for it counts: a client that reads slowly is no fault of the upstream. `end` must be called.
 */
export class SilenceWatch {
  readonly #limits: SilenceLimits
  readonly #onSilence: (limitMs: number, hasBegun: boolean) => void
  #timer: NodeJS.Timeout | null = null
  #hasBegun = false
  /** By the monotonic clock; null while nobody waits. */
  #waitsSince: number | null = performance.now()

  constructor(limits: SilenceLimits, onSilence: (limitMs: number, hasBegun: boolean) => void) {
    this.#limits = limits
    this.#onSilence = onSilence
    const { firstTokenMs, idleMs } = limits
    // never later than the silence that may not pass, whichever it turns out to be
    this.#lookIn(
      firstTokenMs === null || idleMs === null ? (firstTokenMs ?? idleMs) : Math.min(firstTokenMs, idleMs)
    )
  }

  /** Somebody asks for the next event. */
  waiting(): void {
    if (this.#hasBegun) this.#waitsSince = performance.now()
  }

  /** An event is there; the first one that brings output begins the answer. */
  heard(isOutput: boolean): void {
    if (isOutput) this.#hasBegun = true
    if (this.#hasBegun) this.#waitsSince = null
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** One timer for all events, which looks when they came: setting a new one for each costs. */
  #lookIn(ms: number | null): void {
    this.#timer = ms === null ? null : setTimeout(() => this.#look(), ms)
  }

  #look(): void {
    const { firstTokenMs, idleMs } = this.#limits
    const limitMs = this.#hasBegun ? idleMs : firstTokenMs
    const waitedMs = this.#waitsSince === null ? 0 : performance.now() - this.#waitsSince
    if (limitMs !== null && waitedMs >= limitMs) this.#onSilence(limitMs, this.#hasBegun)
    else if (limitMs !== null) this.#lookIn(limitMs - waitedMs)
    else if (!this.#hasBegun) this.#lookIn(idleMs)
  }
}
