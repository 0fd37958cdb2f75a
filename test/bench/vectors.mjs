// How fast vectors are found, how many of the right ones, and what they take in memory and on disk:
//   node test/bench/vectors.mjs [--quick] [--sizes 100000,1000000] [--queries N]
// 100,000 and a million vectors of 384 numbers (100,000 with --quick; see support/vector-samples.mjs), 20 hits a search,
// each index searched by a process of its own while nothing is written. sqlite-vec comparing everything exactly is built
// beside it, as the reference for time and for which hits are right. Progress goes to stderr; the last line printed is
// JSON, by size. The bars are p95 <= 10 ms and <= 30 ms with recall@10 >= .95.
import { execFile } from 'node:child_process'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { openVectorStore } from '../../core/retrieval/vectors/open-vector-store.ts'
import { openIndex } from '../../core/store/index-database.ts'
import { argument, isQuick } from './support/arguments.mjs'
import { removeFolder, temporaryFolder } from './support/processes.mjs'
import { median, percentile, round } from './support/statistics.mjs'
import { dimensions, vectorSamples } from './support/vector-samples.mjs'

const sizes = argument('sizes', isQuick ? '100000' : '100000,1000000')
  .split(',')
  .map(Number)
const queryCount = Number(argument('queries', 100))
const ROUNDS = 5
const BATCH = 1000
const everythingExact = { exact: Number.POSITIVE_INFINITY, scanned: Number.POSITIVE_INFINITY }

const began = performance.now()
const report = (what, figures) =>
  process.stderr.write(
    `${((performance.now() - began) / 1000).toFixed(1)} s  ${what}: ${JSON.stringify(figures)}\n`
  )

/** Puts the same vectors into each store; the time of each, without that of making the vectors. */
function fill(count, stores) {
  const samples = vectorSamples(count)
  const seconds = stores.map(() => 0)
  for (let first = 0; first < count; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - first) }, (_, at) => ({
      id: first + at + 1,
      vector: samples.next()
    }))
    for (const [at, store] of stores.entries()) {
      const start = performance.now()
      store.put(rows)
      seconds[at] += (performance.now() - start) / 1000
    }
    if ((first + BATCH) % 100_000 === 0)
      report('put', { vectors: first + BATCH, seconds: seconds.map((s) => round(s)) })
  }
  return { samples, seconds }
}

/** Sorts to the end, as a worker does in idle moments; the longest step is how long a put may have to wait. */
function maintain(store) {
  const start = performance.now()
  let longestMs = 0
  for (let more = true; more; ) {
    const step = performance.now()
    more = store.maintain(0)
    longestMs = Math.max(longestMs, performance.now() - step)
  }
  return { sortSeconds: round((performance.now() - start) / 1000), longestStepMs: round(longestMs) }
}

async function searches(index, queriesFile, rounds) {
  const script = path.join(import.meta.dirname, 'support/vector-searches.mjs')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, index, queriesFile, String(rounds)],
    {
      maxBuffer: 1 << 26
    }
  )
  const found = JSON.parse(stdout)
  return { ...found, p50Ms: round(median(found.times)), p95Ms: round(percentile(found.times, 95)) }
}

const shareOf = (ids, right) => right.filter((id) => ids.includes(id)).length / right.length

async function measure(count, folder) {
  mkdirSync(folder)
  const paths = ['index', 'reference'].map((name) => path.join(folder, `${name}.db`))
  const connections = paths.map(openIndex)
  const stores = connections.map((connection, at) =>
    openVectorStore(connection, {
      dimensions,
      embedder: 'bench',
      ...(at === 1 ? { limits: everythingExact } : {})
    })
  )
  const { samples, seconds } = fill(count, stores)
  const sorted = maintain(stores[0])
  report('sorted', sorted)
  // the write-ahead log goes into the file, whose size is then that of the index
  for (const connection of connections) connection.close()
  const diskMb = paths.map((file) => round(statSync(file).size / 2 ** 20, 0))

  const queriesFile = path.join(folder, 'queries')
  const queries = Array.from({ length: queryCount }, () => samples.query())
  writeFileSync(queriesFile, Buffer.concat(queries.map(({ buffer }) => Buffer.from(buffer))))
  const [index, reference] = paths
  const right = await searches(reference, queriesFile, 1)
  const found = await searches(index, queriesFile, ROUNDS)
  const recalls = found.ids.map((ids, at) => shareOf(ids.slice(0, 10), right.ids[at].slice(0, 10)))
  return {
    p50Ms: found.p50Ms,
    p95Ms: found.p95Ms,
    recall10: round(recalls.reduce((sum, share) => sum + share, 0) / recalls.length, 3),
    rssMb: round(found.rssMb, 0),
    diskMb: diskMb[0],
    putsPerSecond: Math.round(count / seconds[0]),
    ...sorted,
    reference: { p50Ms: right.p50Ms, p95Ms: right.p95Ms, rssMb: round(right.rssMb, 0), diskMb: diskMb[1] }
  }
}

const folder = temporaryFolder()
try {
  const results = {}
  for (const size of sizes) {
    results[size] = await measure(size, path.join(folder, String(size)))
    removeFolder(path.join(folder, String(size)))
  }
  process.stdout.write(`${JSON.stringify(results)}\n`)
} finally {
  removeFolder(folder)
}
