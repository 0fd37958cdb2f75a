import { Buffer } from 'node:buffer'

const HEADER_BYTES = 4

/** One value as a frame: its JSON in UTF-8, after its length in bytes as a 32-bit little-endian number. */
export function encodeFrame(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value))
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.writeUInt32LE(body.length)
  return Buffer.concat([header, body])
}

/**
 * Cuts a byte stream back into the values of its frames, in order. Feed it chunks as they arrive. Throws on a frame
 * longer than `maxBytes` or one that is not JSON; the stream is then of no more use and should be closed.
 */
export function frameDecoder(maxBytes: number): (chunk: Buffer) => unknown[] {
  let chunks: Buffer[] = []
  let buffered = 0
  let wanted = HEADER_BYTES

  return (chunk) => {
    chunks.push(chunk)
    buffered += chunk.length
    // joined only once a frame is complete: a long frame in many chunks is not copied again for each of them
    if (buffered < wanted) return []
    const values: unknown[] = []
    let rest: Buffer = chunks.length === 1 ? chunk : Buffer.concat(chunks)
    wanted = HEADER_BYTES
    while (rest.length >= HEADER_BYTES) {
      const length = rest.readUInt32LE(0)
      if (length > maxBytes)
        throw new RangeError(`a frame of ${length} bytes is over the limit of ${maxBytes}`)
      if (rest.length < HEADER_BYTES + length) {
        wanted = HEADER_BYTES + length
        break
      }
      values.push(JSON.parse(rest.toString('utf8', HEADER_BYTES, HEADER_BYTES + length)))
      rest = rest.subarray(HEADER_BYTES + length)
    }
    chunks = rest.length > 0 ? [rest] : []
    buffered = rest.length
    return values
  }
}
