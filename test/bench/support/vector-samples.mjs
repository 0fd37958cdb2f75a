// Vectors that resemble those of sentence encoders, the same every time. A vector is the sum of
//   what all texts share (so that the cosine of any two is about .1 above 0),
//   its domain (64 of them) and its subject within that (one per 100 vectors, some far more frequent than others: Zipf), and
//   what is its own.
// Each of these falls off along its axes as the principal components of real embeddings do (as 1 / (1 + i / 24)), which
// leaves about 50 dimensions that matter (participation ratio; the built-in embedder's vectors of real notes have 12, so
// these are harder). The axes are then mixed (Hadamard), since no encoder's axes are the principal ones. A query is some vector's text asked about
// in other words: that vector and as much again of its own, at a cosine of about .75.

export const dimensions = 384
const BLOCK = 128
const DOMAINS = 64
const TABLE = 1 << 20

function randomOf(seed) {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Normally distributed numbers, for windows at random places of it. */
function normalTable(random) {
  const table = new Float32Array(TABLE + dimensions)
  for (let index = 0; index < table.length; index++)
    table[index] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return table
}

const spectrum = Float32Array.from({ length: dimensions }, (_, index) => 1 / (1 + index / 24))
const spectrumLength = Math.hypot(...spectrum)

/** Walsh-Hadamard in blocks of 128, in place. */
function hadamard(vector) {
  const factor = 1 / Math.sqrt(BLOCK)
  for (let half = 1; half < BLOCK; half *= 2)
    for (let start = 0; start < dimensions; start += 2 * half)
      for (let index = start; index < start + half; index++) {
        const a = vector[index]
        const b = vector[index + half]
        vector[index] = a + b
        vector[index + half] = a - b
      }
  for (let index = 0; index < dimensions; index++) vector[index] *= factor
}

export function vectorSamples(count, seed = 20_261) {
  const random = randomOf(seed)
  const table = normalTable(random)
  const signs = Float32Array.from({ length: dimensions }, () => (random() < 0.5 ? -1 : 1))
  const order = Uint16Array.from({ length: dimensions }, (_, index) => index)
  for (let index = dimensions - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1))
    const [a, b] = [order[index], order[other]]
    order[index] = b
    order[other] = a
  }

  /** Adds a random direction of about this length. Two windows, or near windows would be alike. */
  const addNormal = (vector, length) => {
    const [first, second] = [Math.floor(random() * TABLE), Math.floor(random() * TABLE)]
    const factor = length / spectrumLength / Math.SQRT2
    for (let index = 0; index < dimensions; index++)
      vector[index] += (table[first + index] + table[second + index]) * spectrum[index] * factor
    return vector
  }
  const direction = (length) => addNormal(new Float32Array(dimensions), length)

  // shuffled first, so that each block has large and small ones
  const mix = (vector) => {
    const mixed = new Float32Array(dimensions)
    for (let index = 0; index < dimensions; index++) mixed[index] = vector[order[index]] * signs[index]
    hadamard(mixed)
    return mixed
  }

  const shared = direction(0.35)
  const domains = Array.from({ length: DOMAINS }, () => direction(0.5))
  const subjects = Array.from({ length: Math.ceil(count / 100) }, () => {
    const domain = domains[Math.floor(random() * DOMAINS)]
    return addNormal(domain.slice(), 0.6).map((value, index) => value + shared[index])
  })
  // frequency of the n-th subject falls as 1 / n^.5
  const subject = () => subjects[Math.floor(subjects.length * random() ** 2)]
  const unmixed = () => addNormal(subject().slice(), 0.6)
  const lengthOf = (vector) => Math.hypot(...vector)

  return {
    next: () => mix(unmixed()),
    /** Queries about vectors of the set's kind. */
    query: () => {
      const vector = unmixed()
      return mix(addNormal(vector, 0.9 * lengthOf(vector)))
    }
  }
}
