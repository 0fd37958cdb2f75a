// How fast traces are kept, listed, counted and searched, through the product's own store and repositories:
//   node test/bench/traces.mjs [--quick] [--spans N]
// A million spans with their bodies (100,000 with --quick): single questions and chats that grow. Progress goes to stderr;
// the last line printed is JSON. The bars are in docs/activity.md.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { openCosts } from '../../core/costs/costs.ts'
import { openLedger } from '../../core/costs/ledger.ts'
import { silentLogger } from '../../core/lib/logger.ts'
import { openStore } from '../../core/store/open-store.ts'
import { openTraces } from '../../core/traces/traces.ts'
import { argument, isQuick } from './support/arguments.mjs'
import { removeFolder, temporaryFolder } from './support/processes.mjs'
import { median, round } from './support/statistics.mjs'
import { entryOf, traceSamples } from './support/trace-samples.mjs'

const wantedSpans = Number(argument('spans', isQuick ? 100_000 : 1_000_000))
/** Calls that are on their way to the disk at a time. */
const IN_FLIGHT = 256
const REPEATS = 15
const now = Date.now()
/** UUIDv7 of that time; the order of calls breaks ties. */
const idOf = (time, call) =>
  `${time.toString(16).padStart(12, '0')}7000${(0x8000 | (call >>> 16)).toString(16)}${(call & 0xffff).toString(16).padStart(4, '0')}00000000`

const began = performance.now()
const report = (what, figures) =>
  process.stderr.write(
    `${((performance.now() - began) / 1000).toFixed(1)} s  ${what}: ${JSON.stringify(figures)}\n`
  )

/** Milliseconds of the middle one of some runs, each after a first that is not counted. */
async function timed(run) {
  await run()
  const times = []
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return round(median(times))
}

/** Records and books calls, so many at a time. Only recording is timed: making calls up and booking them is not. */
async function write(samples, { record, book }) {
  let spans = 0
  let calls = 0
  let seconds = 0
  let batch = []
  const flush = async () => {
    const start = performance.now()
    await Promise.all(batch.map(({ trace }) => record(trace)))
    seconds += (performance.now() - start) / 1000
    await Promise.all(batch.map(({ trace }) => book(entryOf(trace))))
    batch = []
  }
  for (const sample of samples) {
    batch.push(sample)
    spans += sample.spans
    calls += 1
    if (batch.length === IN_FLIGHT) await flush()
    if (calls % 20_000 === 0) report('written', { calls, spans, spansPerSecond: Math.round(spans / seconds) })
  }
  await flush()
  return { spans, calls, seconds }
}

const dataDir = temporaryFolder()
const store = await openStore({ dataDir, logger: silentLogger })
const retention = () => ({ bodyDays: 3650, traceDays: 3650, bodyMegabytes: 1_000_000 })
const traces = openTraces({ store, dataDir, retention, logger: silentLogger })
const ledger = openLedger({ store })
const costs = openCosts({
  store,
  names: { provider: (id) => id, appKey: (id) => id },
  onDevicePower: () => null
})
try {
  const cpuBefore = process.cpuUsage()
  const written = await write(traceSamples(wantedSpans, { now, idOf }), {
    record: traces.record,
    book: ledger.book
  })
  const spansPerSecond = Math.round(written.spans / written.seconds)
  report('recorded', { ...written, spansPerSecond, cpu: process.cpuUsage(cpuBefore) })
  const indexStart = performance.now()
  await traces.indexed()
  const indexSeconds = round((performance.now() - indexStart) / 1000)
  report('indexed', { indexSeconds })
  const result = {
    spansPerSecond,
    pageMs: await timed(() => traces.list({ limit: 100 })),
    facetMs: await timed(() => traces.facets({})),
    facetFilteredMs: await timed(() => traces.facets({ app: 'Mail', minDurationMs: 1000 })),
    rarePageMs: await timed(() => traces.list({ limit: 100, status: 'error', app: 'Mail', tag: 'night' })),
    monthByModelMs: await timed(() => costs.table({ by: 'model', limit: 100 })),
    searchMs: await timed(() => traces.list({ limit: 100, text: 'babe dade' })),
    commonSearchMs: await timed(() => traces.list({ limit: 100, text: 'ba' })),
    facetSearchMs: await timed(() => traces.facets({ text: 'babe' })),
    indexSeconds
  }
  await traces.close()
  await store.close()
  const bytes = statSync(join(dataDir, 'traces.db')).size
  process.stdout.write(`${JSON.stringify({ ...result, bytesPerSpan: Math.round(bytes / written.spans) })}\n`)
} finally {
  removeFolder(dataDir)
}
