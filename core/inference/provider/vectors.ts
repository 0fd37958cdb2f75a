import { HomeportError } from '../../errors/homeport-error.ts'

/** Cuts base64 of little-endian float32 into vectors of so many numbers each. */
export function decodeVectors(data: string, dimensions: number): number[][] {
  const bytes = Buffer.from(data, 'base64')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = dimensions === 0 ? 0 : bytes.byteLength / (dimensions * Float32Array.BYTES_PER_ELEMENT)
  return Array.from({ length: count }, (_, vector) =>
    Array.from({ length: dimensions }, (_, index) =>
      view.getFloat32((vector * dimensions + index) * Float32Array.BYTES_PER_ELEMENT, true)
    )
  )
}

/**
 * The first numbers of each vector, brought to length 1 again (Matryoshka representation learning,
 * https://arxiv.org/abs/2205.13147). Throws `bad-request` for more numbers than a vector has.
 */
export function shorten(vectors: readonly number[][], dimensions: number): number[][] {
  const [first] = vectors
  if (first !== undefined && dimensions > first.length) {
    throw new HomeportError('bad-request', `This model's vectors have ${first.length} dimensions.`, {
      action: `Ask for ${first.length} or fewer.`,
      param: 'dimensions'
    })
  }
  return vectors.map((vector) => {
    const short = vector.slice(0, dimensions)
    const length = Math.hypot(...short)
    return length === 0 ? short : short.map((value) => value / length)
  })
}
