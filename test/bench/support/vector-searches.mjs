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

const vectors = openVectorStore(openIndexReadOnly(index), { dimensions, embedder: 'bench' })
const timed = (query) => {
  const start = performance.now()
  const hits = vectors.search(query, 20)
  return { ids: hits.map(({ id }) => id), ms: performance.now() - start }
}
// the first search reads what is kept in memory
timed(queries[0])
const searches = queries.map(timed)
for (let round = 1; round < Number(rounds); round++) searches.push(...queries.map(timed))
process.stdout.write(
  `${JSON.stringify({
    ids: searches.slice(0, queries.length).map(({ ids }) => ids),
    times: searches.map(({ ms }) => ms),
    rssMb: residentMb(process.pid)
  })}\n`
)
