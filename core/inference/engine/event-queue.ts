/** Values pushed by one side and read, in order, by one reader on the other. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #onAbandon: () => void
  #values: T[] = []
  #end: { error: unknown } | 'normal' | null = null
  #wake: (() => void) | null = null

  /** `onAbandon` is called when the reader stops before the end. */
  constructor(onAbandon: () => void) {
    this.#onAbandon = onAbandon
  }

  push(value: T): void {
    if (this.#end !== null) return
    this.#values.push(value)
    this.#wake?.()
  }

  /** The reader gets what was pushed so far, then its loop ends. */
  finish(): void {
    this.#end ??= 'normal'
    this.#wake?.()
  }

  /** As `finish`, but the reader's loop throws `error`. */
  fail(error: unknown): void {
    this.#end ??= { error }
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      while (true) {
        const values = this.#values
        this.#values = []
        yield* values
        if (this.#values.length > 0) continue
        if (this.#end === 'normal') return
        if (this.#end !== null) throw this.#end.error
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    } finally {
      if (this.#end === null) this.#onAbandon()
    }
  }
}
