// Searches an index as a worker of its own would: node vector-searches.mjs INDEX QUERIES ROUNDS. Prints one line of JSON:
// the ids found for each query, the milliseconds of each search, and this process's memory.
import { readFileSync } from 'node:fs'
import { openVectorStore } from '../../../core/retrieval/vectors/open-vector-store.ts'
import { openIndexReadOnly } from '../../../core/store/index-database.ts'
import { residentMb } from './processes.mjs'
import { dimensions } from './vector-samples.mjs'

const [index, queriesFile, rounds] = process.argv.slice(2)
const bytes = readFileSync(queriesFile)
const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
const queries = Array.from({ length: numbers.length / dimensions }, (_, at) =>
  numbers.subarray(at * dimensions, (at + 1) * dimensions)
)

const before = performance.now()
const vectors = openVectorStore(openIndexReadOnly(index), { dimensions, embedder: 'bench' })
const ids = queries.map((query) => vectors.search(query, 20).map(({ id }) => id))
const firstMs = performance.now() - before
const times = []
for (let round = 0; round < Number(rounds); round++)
  for (const query of queries) {
    const start = performance.now()
    vectors.search(query, 20)
    times.push(performance.now() - start)
  }
process.stdout.write(`${JSON.stringify({ ids, times, firstMs, rssMb: residentMb(process.pid) })}\n`)
