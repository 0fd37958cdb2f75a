/** A line that more documents have than this is a template's, not theirs. */
const MOST_DOCUMENTS = 20
/** Counters: a power of two far above the number of different lines that repeat. */
const COUNTERS = 1 << 22

/**
 * Counts in how many documents each line stands. Lines are known by their hash, and counted by a part of it: two rare lines
 * may share a counter, and do no harm. What is left out depends only on which documents there are, not on their order.
 */
export class RepeatedLines {
  readonly #counts = new Uint16Array(COUNTERS)
  /** Whether some line has come to be left out, or to stay, since the last `settled`. */
  #changed = true

  add(lines: Uint32Array): void {
    for (const line of lines) {
      const count = this.#count(line) + 1
      if (count < 65_535) this.#counts[line % COUNTERS] = count
      if (count === MOST_DOCUMENTS + 1) this.#changed = true
    }
  }

  remove(lines: Uint32Array): void {
    for (const line of lines) {
      const count = this.#count(line) - 1
      if (count >= 0) this.#counts[line % COUNTERS] = count
      if (count === MOST_DOCUMENTS) this.#changed = true
    }
  }

  readonly isLeftOut = (line: number): boolean => line !== 0 && this.#count(line) > MOST_DOCUMENTS

  leftOutOf(lines: Uint32Array): Uint32Array {
    return lines.filter(this.isLeftOut)
  }

  get changed(): boolean {
    return this.#changed
  }

  settled(): void {
    this.#changed = false
  }

  #count(line: number): number {
    return this.#counts[line % COUNTERS] ?? 0
  }
}
