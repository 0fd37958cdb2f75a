const MINUTE_MS = 60_000
const MINUTES = 5

/** Counts the calls of the last five minutes, by the minute. */
export class CallWindow {
  readonly #minutes: { minute: number; calls: number; failures: number }[] = []

  add(now: number, isSuccess: boolean): void {
    const minute = Math.floor(now / MINUTE_MS)
    let last = this.#minutes.at(-1)
    if (last?.minute !== minute) {
      last = { minute, calls: 0, failures: 0 }
      this.#minutes.push(last)
      if (this.#minutes.length > MINUTES) this.#minutes.shift()
    }
    last.calls++
    if (!isSuccess) last.failures++
  }

  count(now: number): { calls: number; failures: number } {
    const oldest = Math.floor(now / MINUTE_MS) - MINUTES
    const recent = this.#minutes.filter(({ minute }) => minute > oldest)
    return {
      calls: recent.reduce((sum, { calls }) => sum + calls, 0),
      failures: recent.reduce((sum, { failures }) => sum + failures, 0)
    }
  }
}
