const DIGEST_BYTES = 32

/** What a body is made of, in its order. */
export interface BodyKey {
  /** Digests of its parts. */
  parts: readonly Uint8Array[]
  /** What is left of it is kept with the trace. */
  hasRest: boolean
  /** Digests of the parts that come after what is left; at most 254. */
  tail: readonly Uint8Array[]
}

/**
 * How a trace refers to the parts of a body: by their digests, one after the other. Where what is left of the body is kept
 * with the trace, a last byte says so: one more than the number of parts that come after it.
 */
export function packBodyKey({ parts, hasRest, tail }: BodyKey): Buffer {
  return Buffer.concat(hasRest ? [...parts, ...tail, Buffer.of(1 + tail.length)] : [...parts])
}

export function unpackBodyKey(key: Uint8Array): BodyKey {
  const digests: Uint8Array[] = []
  for (let at = 0; at + DIGEST_BYTES <= key.length; at += DIGEST_BYTES)
    digests.push(key.subarray(at, at + DIGEST_BYTES))
  const hasRest = key.length % DIGEST_BYTES !== 0
  const tailParts = hasRest ? (key.at(-1) ?? 1) - 1 : 0
  const tailAt = digests.length - tailParts
  return { parts: digests.slice(0, tailAt), hasRest, tail: digests.slice(tailAt) }
}
