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
  #timer: NodeJS.Timeout | null
  #hasBegun = false
  #isWaiting = true

  constructor(limits: SilenceLimits, onSilence: (limitMs: number, hasBegun: boolean) => void) {
    this.#limits = limits
    this.#onSilence = onSilence
    this.#timer = this.#start(limits.firstTokenMs)
  }

  /** Somebody asks for the next event. */
  waiting(): void {
    this.#isWaiting = true
    if (!this.#hasBegun) return
    // one timer for all events: setting a new one for each costs
    if (this.#timer) this.#timer.refresh()
    else this.#timer = this.#start(this.#limits.idleMs)
  }

  /** An event is there; the first one that brings output begins the answer. */
  heard(isOutput: boolean): void {
    this.#isWaiting = false
    if (this.#hasBegun || !isOutput) return
    this.#hasBegun = true
    this.end()
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #start(limitMs: number | null): NodeJS.Timeout | null {
    if (limitMs === null) return null
    return setTimeout(() => {
      if (this.#isWaiting) this.#onSilence(limitMs, this.#hasBegun)
    }, limitMs)
  }
}
