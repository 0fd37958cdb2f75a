import { HomeportError } from '../errors/homeport-error.ts'

/** https://protobuf.dev/programming-guides/encoding/#structure; 3 and 4, groups, are gone from the format. */
const VARINT = 0
const FIXED64 = 1
const LENGTH = 2
const FIXED32 = 5

/** A message is two bytes at least: without a limit a body could unfold to very many objects. */
const MAX_MESSAGES = 3_000_000

/**
 * Reads the fields of a protobuf message in the order they come. Each read checks that the field has the form it is read
 * as, and ends within the message it stands in. Throws `bad-request` where it does not.
 */
export class ProtobufReader {
  readonly #bytes: Buffer
  #at = 0
  #end: number
  #type = VARINT
  #isUnread = false
  #messages = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#end = bytes.length
  }

  /** Calls back with the number of each field; one that the callback does not read is skipped. */
  fields(read: (field: number) => void): void {
    while (this.#at < this.#end) {
      const tag = this.#varint()
      this.#type = tag % 8
      const field = Math.floor(tag / 8)
      if (field === 0 || tag > 0xffffffff) throw malformed()
      this.#isUnread = true
      read(field)
      if (this.#isUnread) this.#skip()
    }
  }

  /** The fields of a message within this one. */
  message(read: (field: number) => void): void {
    this.#messages += 1
    if (this.#messages > MAX_MESSAGES) throw new HomeportError('too-large', 'The body holds too many values.')
    const end = this.#endOfField()
    const outerEnd = this.#end
    this.#end = end
    this.fields(read)
    this.#end = outerEnd
    this.#isUnread = false
  }

  /** A text as it is; bytes as text of the given encoding. */
  text(encoding: 'utf8' | 'hex' | 'base64' = 'utf8'): string {
    const end = this.#endOfField()
    const text = this.#bytes.toString(encoding, this.#at, end)
    this.#at = end
    return text
  }

  /** An unsigned number below 2^53; of larger ones only that they are large. */
  unsigned(): number {
    this.#expect(VARINT)
    return this.#varint()
  }

  /** A signed integer of 64 bits. */
  int64(): bigint {
    this.#expect(VARINT)
    const start = this.#at
    const value = this.#varint()
    if (this.#at - start <= 7) return BigInt(value)
    let exact = 0n
    for (let at = this.#at - 1; at >= start; at--)
      exact = (exact << 7n) | BigInt((this.#bytes[at] ?? 0) & 0x7f)
    return BigInt.asIntN(64, exact)
  }

  fixed64(): bigint {
    return this.#bytes.readBigUInt64LE(this.#fixed(FIXED64, 8))
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#fixed(FIXED64, 8))
  }

  #expect(type: number): void {
    if (this.#type !== type) throw malformed()
    this.#isUnread = false
  }

  #fixed(type: number, size: number): number {
    this.#expect(type)
    const start = this.#at
    this.#advance(size)
    return start
  }

  /** Of a field whose length stands before it. */
  #endOfField(): number {
    this.#expect(LENGTH)
    const end = this.#varint() + this.#at
    if (end > this.#end) throw malformed()
    return end
  }

  #varint(): number {
    let value = 0
    let scale = 1
    for (let digits = 0; digits < 10 && this.#at < this.#end; digits++) {
      const byte = this.#bytes[this.#at] ?? 0
      this.#at += 1
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
    throw malformed()
  }

  #skip(): void {
    const type = this.#type
    this.#isUnread = false
    if (type === VARINT) this.#varint()
    else if (type === FIXED64) this.#advance(8)
    else if (type === FIXED32) this.#advance(4)
    else this.#at = this.#endOfField()
  }

  #advance(size: number): void {
    if (this.#at + size > this.#end) throw malformed()
    this.#at += size
  }
}

const malformed = (): HomeportError =>
  new HomeportError('bad-request', 'The body is not an ExportTraceServiceRequest in protobuf.')
