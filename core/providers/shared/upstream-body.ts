import { Readable } from 'node:stream'

/** What holds the answer's connection. */
export interface BodySource {
  pause(): void
  resume(): void
  abort(reason: Error): void
}

/** A source that is this far ahead of its reader is made to wait. */
const MAX_QUEUED_BYTES = 64 * 1024

/**
 * The bytes of an answer as they arrive, for one reader. Must be read to its end or destroyed. Made for the calls of the
 * gateway, whose answers are mostly one small piece: a stream of Node's costs several times what reading such an answer does.
 */
export class UpstreamBody {
  readonly #source: BodySource
  #queue: Buffer[] = []
  #queuedBytes = 0
  #isPaused = false
  #hasEnded = false
  #error: Error | null = null
  /** A reader that waits. */
  #waiting: PromiseWithResolvers<Buffer | null> | null = null
  #onDone: (() => void) | null = null

  constructor(source: BodySource) {
    this.#source = source
  }

  /** The next bytes, or null at the end. Rejects when the answer breaks off. */
  next(): Promise<Buffer | null> {
    const chunk = this.#queue.shift()
    if (chunk !== undefined) {
      this.#queuedBytes -= chunk.length
      if (this.#isPaused && this.#queuedBytes === 0) {
        this.#isPaused = false
        this.#source.resume()
      }
      return Promise.resolve(chunk)
    }
    if (this.#error !== null) return Promise.reject(this.#error)
    if (this.#hasEnded) return Promise.resolve(null)
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  /** All of it; null, and the connection is closed, when it is more than `maxBytes`. Rejects when it breaks off. */
  async bytes(maxBytes: number): Promise<Buffer | null> {
    const chunks: Buffer[] = []
    let size = 0
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) {
      size += chunk.length
      if (size > maxBytes) {
        this.destroy()
        return null
      }
      chunks.push(chunk)
    }
    const [first] = chunks
    return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, size)
  }

  /** Closes the connection, unless all has arrived, and drops what was not read. A reader gets the reason. */
  destroy(reason: Error = new Error('no longer read')): void {
    this.#drop()
    if (this.#isSettled) return
    this.fail(reason)
    this.#source.abort(reason)
  }

  /**
   * Reads the rest and drops it, so that the connection can be used for the next call; closes it when the rest takes longer
   * than this.
   */
  discard(limitMs: number): void {
    this.#drop()
    if (this.#isSettled) return
    const timer = setTimeout(() => this.destroy(), limitMs)
    timer.unref()
    this.#onDone = () => clearTimeout(timer)
    this.#isPaused = false
    this.#source.resume()
  }

  /** The same as a stream. */
  stream(): Readable {
    const next = () => this.next()
    const destroy = () => this.destroy()
    return new Readable({
      read() {
        next().then(
          (chunk) => this.push(chunk),
          (error: Error) => this.destroy(error)
        )
      },
      destroy(error, callback) {
        destroy()
        callback(error)
      }
    })
  }

  #drop(): void {
    this.#queue = []
    this.#queuedBytes = 0
  }

  get #isSettled(): boolean {
    return this.#hasEnded || this.#error !== null
  }

  /** For the connection: more bytes. */
  push(chunk: Buffer): void {
    if (this.#onDone !== null || this.#isSettled) return
    if (this.#waiting !== null) {
      this.#waiting.resolve(chunk)
      this.#waiting = null
      return
    }
    this.#queue.push(chunk)
    this.#queuedBytes += chunk.length
    if (this.#isPaused || this.#queuedBytes < MAX_QUEUED_BYTES) return
    this.#isPaused = true
    this.#source.pause()
  }

  /** For the connection: that was all. */
  end(): void {
    if (this.#isSettled) return
    this.#hasEnded = true
    this.#waiting?.resolve(null)
    this.#onDone?.()
  }

  /** For the connection: it broke off. What has arrived can still be read. */
  fail(error: Error): void {
    if (this.#isSettled) return
    this.#error = error
    this.#waiting?.reject(error)
    this.#onDone?.()
  }
}
