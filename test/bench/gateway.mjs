// What a call through Homeport costs beyond one through a minimal proxy, both measured in the same run on Linux:
//   npm run build && node test/bench/gateway.mjs [--quick]
// CPU per request counts all threads of the process until its queues are empty; bodies are stored. Prints one JSON line
// last, whose `ratio`s are Homeport's CPU divided by the proxy's. The bars are in docs/architecture.md.
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, proseOf } from './support/load.mjs'
import {
  cpuMs,
  homeport,
  removeFolder,
  startDaemon,
  startHelper,
  stop,
  temporaryFolder
} from './support/processes.mjs'
import { median, round } from './support/statistics.mjs'

const quick = process.argv.includes('--quick')
const rounds = quick ? 2 : 5
const CONCURRENCY = 8
const WARM_UP = 600 // requests until the compiler has seen enough
const LARGE_BYTES = 87_000 // what a coding agent sends

const scenarios = [
  { name: 'smallPlain', stream: false, fill: '', count: quick ? 500 : 1000 },
  { name: 'smallStream', stream: true, fill: '', count: quick ? 250 : 400 },
  { name: 'largePlain', stream: false, fill: proseOf(LARGE_BYTES), count: quick ? 200 : 400 },
  { name: 'largeStream', stream: true, fill: proseOf(LARGE_BYTES), count: quick ? 200 : 400 }
]

/** Waits until a process has nothing left to do: its writes are then on disk. */
async function untilIdle(pid) {
  for (let before = cpuMs(pid); ; ) {
    await sleep(250)
    const now = cpuMs(pid)
    if (now - before < 2) return
    before = now
  }
}

async function cpuPerRequest({ pid, client }, { count, ...request }) {
  await untilIdle(pid)
  const before = cpuMs(pid)
  await client.run(count, CONCURRENCY, request)
  await untilIdle(pid)
  return (cpuMs(pid) - before) / count
}

/** Medians over rounds that visit both targets in turn, so that a noisy minute hits both alike. */
async function compareCpu(targets) {
  const results = {}
  for (const { name, ...scenario } of scenarios) {
    const measured = { floor: [], homeport: [] }
    for (const target of Object.values(targets)) await target.client.run(WARM_UP, CONCURRENCY, scenario)
    for (let visit = 0; visit < rounds; visit++)
      for (const target of ['floor', 'homeport'])
        measured[target].push(await cpuPerRequest(targets[target], scenario))
    const floor = median(measured.floor)
    const own = median(measured.homeport)
    results[name] = { floorCpuMs: round(floor, 3), homeportCpuMs: round(own, 3), ratio: round(own / floor) }
    process.stderr.write(`${name}: ${JSON.stringify(results[name])}\n`)
  }
  return results
}

/** Time to first token that each way adds to a direct call: medians of calls made in turn, one at a time. */
async function compareFirstToken(clients) {
  const times = Object.fromEntries(Object.keys(clients).map((name) => [name, []]))
  const calls = quick ? 100 : 400
  for (let call = 0; call < calls; call++)
    for (const [name, client] of Object.entries(clients)) {
      const ms = await client.ask({ stream: true, fill: '' })
      if (call >= calls / 10) times[name].push(ms)
    }
  const direct = median(times.direct)
  return {
    directMs: round(direct, 3),
    floorAddedMs: round(median(times.floor) - direct, 3),
    homeportAddedMs: round(median(times.homeport) - direct, 3)
  }
}

const dataDir = temporaryFolder()
const children = []
const clients = []
try {
  const upstream = await startHelper('mock-upstream.mjs')
  children.push(upstream.child)
  const floor = await startHelper('floor-proxy.mjs', upstream.origin)
  children.push(floor.child)
  const daemon = await startDaemon(dataDir)
  children.push(daemon.child)
  const provider = [
    'provider',
    'add',
    'up',
    '--type',
    'openai-compatible',
    '--base-url',
    `${upstream.origin}/v1`
  ]
  homeport(dataDir, [...provider, '--key-stdin'], 'sk-bench\n')
  const key = homeport(dataDir, ['key', 'create', 'bench'])

  const clientsFor = (model) => {
    const made = {
      direct: createClient({ origin: upstream.origin, key: 'sk-bench', model }),
      floor: createClient({ origin: floor.origin, key: 'sk-bench', model }),
      homeport: createClient({ origin: daemon.origin, key, model: `up/${model}` })
    }
    clients.push(...Object.values(made))
    return made
  }
  const busy = clientsFor('mock')
  const cpu = await compareCpu({
    floor: { pid: floor.child.pid, client: busy.floor },
    homeport: { pid: daemon.pid, client: busy.homeport }
  })
  const firstToken = await compareFirstToken(clientsFor('mock-c5-d1'))
  const worstRatio = Math.max(...Object.values(cpu).map(({ ratio }) => ratio))
  process.stdout.write(`${JSON.stringify({ cpu, worstRatio, firstToken })}\n`)
} finally {
  for (const client of clients) client.close()
  for (const child of children) await stop(child)
  removeFolder(dataDir)
}
