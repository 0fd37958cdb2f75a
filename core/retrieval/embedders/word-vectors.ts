import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { vocabularyOf } from './vocabulary.ts'

/** Of the two parts of every vector, the first comes from GloVe. */
const GLOVE_DIMENSIONS = 100
/** Words the vectors were counted over: a word's rank among them says how common it is (Zipf). */
const RANKED_WORDS = 150_000
const EULER = 0.577
/** Smooth inverse frequency: a common word says little about a text (Arora, Liang and Ma 2017). */
const SIF = 1e-3

const headSchema = z.object({
  NG: z.number().int().positive(),
  NU: z.number().int().positive(),
  K: z.number().int().positive(),
  voc: z.number().int().positive()
})

/** The built-in word vectors, as `resources/embedder/build.mjs` writes them. */
export interface WordVectors {
  readonly dimensions: number
  /** Writes the text's vector, of length 1, at `offset`. Says whether the text has any known word; without, it is all zeros. */
  embed(text: string, into: Float32Array, offset: number): boolean
}

/** int8 rows with a scale each, the rarity of their words already in it. */
interface Rows {
  width: number
  values: Int8Array
  scales: Float32Array
}

/** Takes some 50 ms and 70 MB. */
export function readWordVectors(file: URL): WordVectors {
  const bytes = readFileSync(file)
  const headLength = bytes.readUInt32LE(0)
  const head = headSchema.parse(JSON.parse(bytes.toString('utf8', 4, 4 + headLength)))
  let at = 4 + headLength
  const take = (length: number): Uint8Array<ArrayBuffer> => {
    // a copy: floats must lie at a multiple of four
    const part = new Uint8Array(bytes.subarray(at, at + length))
    if (part.length !== length) throw new Error('The word vectors are cut short.')
    at += length
    return part
  }
  const rows = (count: number, width: number): Rows => {
    const values = new Int8Array(take(count * width).buffer)
    const scales = new Float32Array(take(count * 4).buffer)
    for (let rank = 0; rank < count; rank += 1) scales[rank] = (scales[rank] ?? 0) * rarity(rank)
    return { width, values, scales }
  }
  const vocabulary = vocabularyOf(new TextDecoder().decode(take(head.voc)).split('\n'))
  const parts = [rows(head.NG, GLOVE_DIMENSIONS), rows(head.NU, head.K)]
  const dimensions = GLOVE_DIMENSIONS + head.K
  const sum = new Float64Array(dimensions)
  const add = (rank: number): void => addWord(sum, parts, rank)

  return {
    dimensions,
    embed(text, into, offset) {
      sum.fill(0)
      vocabulary.eachRank(text, add)
      return writeNormalized(sum, parts, into, offset)
    }
  }
}

function addWord(sum: Float64Array, parts: readonly Rows[], rank: number): void {
  let start = 0
  for (const { width, values, scales } of parts) {
    // rare words have no row in the second part
    const scale = scales[rank] ?? 0
    const row = rank * width
    if (scale > 0)
      for (let i = 0; i < width; i += 1)
        sum[start + i] = (sum[start + i] ?? 0) + scale * (values[row + i] ?? 0)
    start += width
  }
}

/** Each part weighs the same, however long its sum came out; a text known to one part only is all that part. */
function writeNormalized(
  sum: Float64Array,
  parts: readonly Rows[],
  into: Float32Array,
  offset: number
): boolean {
  const ends: number[] = []
  for (const { width } of parts) ends.push((ends.at(-1) ?? 0) + width)
  const lengths = ends.map((end, part) => lengthOf(sum, ends[part - 1] ?? 0, end))
  const known = lengths.filter((length) => length > 0).length
  let at = 0
  for (const [part, end] of ends.entries()) {
    const length = lengths[part] ?? 0
    const factor = length > 0 ? 1 / (length * Math.sqrt(known)) : 0
    for (; at < end; at += 1) into[offset + at] = (sum[at] ?? 0) * factor
  }
  return known > 0
}

function lengthOf(vector: Float64Array, from: number, until: number): number {
  let squares = 0
  for (let i = from; i < until; i += 1) squares += (vector[i] ?? 0) ** 2
  return Math.sqrt(squares)
}

function rarity(rank: number): number {
  const probability = 1 / ((rank + 1) * (Math.log(RANKED_WORDS) + EULER))
  return SIF / (SIF + probability)
}
