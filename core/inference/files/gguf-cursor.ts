import { Buffer } from 'node:buffer'

/** A file, or a buffer, that can be read in ranges. */
export interface ByteSource {
  readonly size: number
  /** Fills `target` with the bytes from `offset`; the range is inside the source. */
  read(target: Buffer, offset: number): void
}

/** A file that is no sound GGUF. The message says what is wrong with it, in words for the person. */
export class GgufError extends Error {
  override readonly name = 'GgufError'
}

export function bufferSource(buffer: Buffer): ByteSource {
  return {
    size: buffer.length,
    read: (target, offset) => void buffer.copy(target, 0, offset, offset + target.length)
  }
}

const WINDOW_BYTES = 1 << 20

/** Reads forward through a source. Every read is checked against the end before a byte is touched or memory taken. */
export class GgufCursor {
  readonly #source: ByteSource
  #window = Buffer.alloc(0)
  #windowStart = 0
  #position = 0

  constructor(source: ByteSource) {
    this.#source = source
  }

  get position(): number {
    return this.#position
  }

  get remaining(): number {
    return this.#source.size - this.#position
  }

  bytes(length: number): Buffer {
    const start = this.#claim(length) - this.#windowStart
    if (start < 0 || start + length > this.#window.length) return this.#refill(length)
    return this.#window.subarray(start, start + length)
  }

  skip(length: number): void {
    this.#claim(length)
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE(0)
  }

  uint64(): bigint {
    return this.bytes(8).readBigUInt64LE(0)
  }

  /** A count or length that must be at most `limit` and is then safe as a number. */
  count(limit: number, what: string): number {
    const value = this.uint64()
    if (value > BigInt(limit)) throw new GgufError(`${what} is ${value}, more than the ${limit} there can be`)
    return Number(value)
  }

  #claim(length: number): number {
    if (length > this.remaining) throw new GgufError('the file ends in the middle of its header')
    const start = this.#position
    this.#position += length
    return start
  }

  #refill(length: number): Buffer {
    this.#windowStart = this.#position - length
    const size = Math.min(Math.max(length, WINDOW_BYTES), this.#source.size - this.#windowStart)
    this.#window = Buffer.allocUnsafe(size)
    this.#source.read(this.#window, this.#windowStart)
    return this.#window.subarray(0, length)
  }
}
