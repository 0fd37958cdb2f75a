import { HomeportError } from '../../errors/homeport-error.ts'

/** A direction in int8: the vector of length 1 is about `codes * scale`. */
export interface Quantized {
  /** As long as the vector, padded with zeros to the stride. */
  codes: Int8Array
  scale: number
}

/** Bytes that a vector takes as int8: the kernel reads sixteen at a time. */
export const strideOf = (dimensions: number): number => Math.ceil(dimensions / 16) * 16

/** Throws `bad-request` for vectors that cannot be compared with the others. */
export function checkVector(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions)
    throw new HomeportError(
      'bad-request',
      `The vector has ${vector.length} dimensions where ${dimensions} are kept`
    )
  for (let index = 0; index < dimensions; index++)
    if (!Number.isFinite(vector[index]))
      throw new HomeportError('bad-request', 'The vector holds a number that is not finite')
}

// loops by index: every vector of an index comes through here, and iterators and callbacks take four times as long

const largest = (vector: Float32Array): number => {
  let most = 0
  for (let index = 0; index < vector.length; index++) {
    const value = Math.abs(vector[index] ?? 0)
    if (value > most) most = value
  }
  return most
}

/** The vector at length 1; null for one that points nowhere. */
export function unit(vector: Float32Array): Float32Array | null {
  const most = largest(vector)
  if (most === 0) return null
  let squares = 0
  // squares of very small or large numbers would leave what a number can be
  for (let index = 0; index < vector.length; index++) squares += ((vector[index] ?? 0) / most) ** 2
  const length = Math.sqrt(squares)
  const direction = new Float32Array(vector.length)
  for (let index = 0; index < vector.length; index++) direction[index] = (vector[index] ?? 0) / most / length
  return direction
}

/** Rounds a direction to int8; null for a vector that points nowhere. */
export function quantize(vector: Float32Array): Quantized | null {
  const most = largest(vector)
  if (most === 0) return null
  const codes = new Int8Array(strideOf(vector.length))
  let squares = 0
  const factor = 127 / most
  for (let index = 0; index < vector.length; index++) {
    // what Math.round gives, in a third of its time
    const code = Math.floor((vector[index] ?? 0) * factor + 0.5)
    codes[index] = code
    squares += code * code
  }
  // of the rounded vector's own length, so that scores are cosines with it
  return { codes, scale: 1 / Math.sqrt(squares) }
}

export function restore({ codes, scale }: Quantized, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  for (let index = 0; index < dimensions; index++) vector[index] = (codes[index] ?? 0) * scale
  return vector
}

export function dot(a: Float32Array, b: Float32Array | Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0)
  return sum
}

/** Cosine of a vector of length 1 with a rounded one. Unlike the kernel's, the query is not rounded. */
export function cosine(query: Float32Array, { codes, scale }: Quantized): number {
  let sum = 0
  for (let index = 0; index < query.length; index++) sum += (query[index] ?? 0) * (codes[index] ?? 0)
  return Math.max(-1, Math.min(1, sum * scale))
}
