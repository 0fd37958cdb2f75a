/** A stream shorter than this says nothing of its pace. */
const LEAST_MS = 250
/** Shorter pauses are how models write. */
const NOTED_PAUSE_MS = 1000

/** How evenly a streamed answer came. */
export class StreamPace {
  #firstMs: number | null = null
  #lastMs = 0
  #longestPauseMs = 0

  /**
   * Tell it of each event from the first token on, in milliseconds since the call began. Gives those since the event
   * before; null for the first.
   */
  heard(atMs: number): number | null {
    const pauseMs = this.#firstMs === null ? null : atMs - this.#lastMs
    this.#firstMs ??= atMs
    this.#longestPauseMs = Math.max(this.#longestPauseMs, pauseMs ?? 0)
    this.#lastMs = atMs
    return pauseMs
  }

  /** In words; empty where there is nothing to say. */
  words(outputTokens: number | null): string[] {
    const words: string[] = []
    const writtenMs = this.#firstMs === null ? 0 : this.#lastMs - this.#firstMs
    if (outputTokens !== null && outputTokens > 1 && writtenMs >= LEAST_MS)
      words.push(`${Math.round((outputTokens * 1000) / writtenMs)} tokens/s`)
    if (this.#longestPauseMs >= NOTED_PAUSE_MS)
      words.push(`longest pause ${(this.#longestPauseMs / 1000).toFixed(1)} s`)
    return words
  }
}
