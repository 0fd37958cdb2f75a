import { openIndex } from '../../../store/index-database.ts'
import { openVectorStore } from '../open-vector-store.ts'

// Puts, replaces and removes vectors and sorts them into lists without end, until somebody kills it. Says each round.
const [path = '', options = '{}', seed = '1'] = process.argv.slice(2)
const { dimensions, embedder, limits } = JSON.parse(options)
const store = openVectorStore(openIndex(path), { dimensions, embedder, limits })
const vector = (): Float32Array => Float32Array.from({ length: dimensions }, () => Math.random() - 0.5)

for (let round = Number(seed); ; round++) {
  const first = (round * 97) % 3000
  store.put(Array.from({ length: 150 }, (_, index) => ({ id: first + index, vector: vector() })))
  store.remove(Array.from({ length: 40 }, (_, index) => ((round * 31) % 3000) + index))
  store.maintain(5)
  process.stdout.write(`${round}\n`)
}
