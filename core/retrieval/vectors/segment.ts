import type { Quantized } from './quantize.ts'

/** Vectors that one row of the database holds. */
export const SEGMENT_SIZE = 128

/**
 * The list of those that are in no list yet, or in a set too small for lists. Below it are buckets: unsorted too, but
 * together with those that will come into the same group of lists.
 */
export const UNSORTED = 0
export const bucketOf = (group: number): number => UNSORTED - 1 - group
export const groupOf = (bucket: number): number => UNSORTED - 1 - bucket

/** What a segment holds: as many places, each with a vector or free. Always of full size, so that a change is made in place. */
export interface SegmentContent {
  ids: Float64Array
  /** By which the dot product with each vector's codes is multiplied; NaN where the place is free. */
  scales: Float32Array
  codes: Int8Array
}

export interface Segment extends SegmentContent {
  id: number
  list: number
  live: number
  version: number
}

/** Where a vector is: its segment and its place in it, as one number. */
export const placeOf = (segment: number, index: number): number => segment * SEGMENT_SIZE + index
export const segmentOf = (place: number): number => Math.floor(place / SEGMENT_SIZE)
export const indexOf = (place: number): number => place % SEGMENT_SIZE

export const emptyContent = (stride: number): SegmentContent => ({
  ids: new Float64Array(SEGMENT_SIZE),
  scales: new Float32Array(SEGMENT_SIZE).fill(Number.NaN),
  codes: new Int8Array(SEGMENT_SIZE * stride)
})

/** The vector at a place, as a view that lives as long as the content; null where the place is free. */
export function vectorAt({ scales, codes }: SegmentContent, index: number): Quantized | null {
  const scale = scales[index] ?? Number.NaN
  if (Number.isNaN(scale)) return null
  const stride = codes.length / SEGMENT_SIZE
  return { codes: codes.subarray(index * stride, (index + 1) * stride), scale }
}

export interface ContentRow {
  ids: Uint8Array
  scales: Uint8Array
  codes: Uint8Array
}

/** A typed array can only begin where its numbers do. */
const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : bytes.slice())

export function readContent(row: ContentRow): SegmentContent {
  const ids = aligned(row.ids)
  const scales = aligned(row.scales)
  return {
    ids: new Float64Array(ids.buffer, ids.byteOffset, SEGMENT_SIZE),
    scales: new Float32Array(scales.buffer, scales.byteOffset, SEGMENT_SIZE),
    codes: asCodes(row.codes)
  }
}

/**
 * Gives back what a row's vectors take, at once. Left to the garbage collector, tens of megabytes gather between two of its
 * rounds, each round stops a search, and the next row is written into memory that no cache knows.
 */
export function discard({ codes }: SegmentContent): void {
  const { buffer } = codes
  const isAlone = codes.byteLength === buffer.byteLength
  if (isAlone && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

export const asCodes = (bytes: Uint8Array): Int8Array =>
  new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export const asBytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
