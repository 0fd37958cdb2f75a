/**
 * So much a minute, and no more than that at once. Reservations may leave it in debt, which later ones wait for. Times are
 * milliseconds on any steady clock.
 */
export class TokenBucket {
  #perMinute: number
  #level: number
  #at: number

  constructor(perMinute: number, now: number) {
    this.#perMinute = perMinute
    this.#level = perMinute
    this.#at = now
  }

  get perMinute(): number {
    return this.#perMinute
  }

  /** A changed limit counts from now on: the share that was left stays left. */
  resize(perMinute: number, now: number): void {
    if (perMinute === this.#perMinute) return
    this.#refill(now)
    this.#level *= perMinute / this.#perMinute
    this.#perMinute = perMinute
  }

  /** How long until there is so much; 0 when there is now. */
  wait(amount: number, now: number): number {
    this.#refill(now)
    const missing = amount - this.#level
    return missing <= 0 ? 0 : this.#msFor(missing)
  }

  /** Takes more than there is, too; gives back a negative amount. */
  take(amount: number, now: number): void {
    this.#refill(now)
    this.#level = Math.min(this.#perMinute, this.#level - amount)
  }

  /** What can be taken now, whole, and how long until it is full again. */
  state(now: number): { remaining: number; fullInMs: number } {
    this.#refill(now)
    const missing = this.#perMinute - this.#level
    return { remaining: Math.max(0, Math.floor(this.#level)), fullInMs: this.#msFor(missing) }
  }

  #refill(now: number): void {
    this.#level = Math.min(this.#perMinute, this.#level + ((now - this.#at) / 60_000) * this.#perMinute)
    this.#at = now
  }

  #msFor(amount: number): number {
    return (amount / this.#perMinute) * 60_000
  }
}
