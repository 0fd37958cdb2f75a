/** A model in so many crashes in a row is not tried again. */
const CRASHES_TO_QUARANTINE = 2

/**
 * Which models stop the engine, told from who was in it when it stopped.
 *
 * All models at work in a crash come under suspicion, because nobody knows which of them it was. `Engine` then tries
 * suspects one at a time. A suspect that answers is cleared; one that is in a crash again is quarantined, unless a model
 * was there that has never answered yet and so may as well have been it: that one comes under suspicion, too. So a model
 * that does no harm is cleared by its next answer, whatever it runs beside, and each crash either names its cause or
 * leaves one model fewer that could have been it.
 */
export class Quarantine {
  readonly #crashesOf = new Map<string, number>()
  /** Models that have answered since they were last suspected. */
  readonly #proven = new Set<string>()

  isQuarantined(path: string): boolean {
    return (this.#crashesOf.get(path) ?? 0) >= CRASHES_TO_QUARANTINE
  }

  isSuspect(path: string): boolean {
    return this.#crashesOf.has(path) && !this.isQuarantined(path)
  }

  /** The engine stopped while these models were being loaded or answered. */
  crashed(atWork: ReadonlySet<string>): void {
    const suspects = [...atWork].filter((path) => this.isSuspect(path))
    const unproven = [...atWork].filter((path) => !this.#proven.has(path) && !suspects.includes(path))
    const [suspect] = suspects
    if (suspect !== undefined && suspects.length === 1 && unproven.length === 0) {
      this.#crashesOf.set(suspect, CRASHES_TO_QUARANTINE)
      return
    }
    for (const path of atWork) {
      this.#crashesOf.set(path, 1)
      this.#proven.delete(path)
    }
  }

  /** It has been asked, and the engine lives. */
  answered(path: string): void {
    this.#crashesOf.delete(path)
    this.#proven.add(path)
  }

  /** Forgets what is known of a model: its file is another one, or it is to have another chance. */
  pardon(path: string): void {
    this.#crashesOf.delete(path)
    this.#proven.delete(path)
  }
}
