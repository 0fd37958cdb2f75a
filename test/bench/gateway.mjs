// What a call through Homeport costs, beside a direct call, a minimal proxy and Portkey, all in the same run on Linux:
//   npm run build && node test/bench/gateway.mjs [--quick]
// Homeport checks a key with limits, and keeps trace, bodies and ledger on disk. CPU counts all threads until the queues are
// empty. Progress goes to stderr; the last line printed is JSON. The bars are in docs/architecture.md.
import { isQuick } from './support/arguments.mjs'
import { compareCpu } from './support/cpu.mjs'
import { compareFirstToken, compareLatency } from './support/latency.mjs'
import { createClient, differingProse, proseOf } from './support/load.mjs'
import { installPortkey, startPortkey } from './support/portkey.mjs'
import {
  homeport,
  removeFolder,
  residentMb,
  startDaemon,
  startHelper,
  stop,
  temporaryFolder
} from './support/processes.mjs'
import { soak } from './support/soak.mjs'

const LARGE_BYTES = 87_000 // what a coding agent sends
const HUGE_BYTES = 200_000
const rounds = isQuick ? 2 : 5
/** Of one visit to one target; warming up may take three times as long. */
const limitMs = isQuick ? 1000 : 20_000
const large = { stream: false, concurrency: 8, warmUp: 200, count: isQuick ? 100 : 300 }
// The first requests warm up: a daemon runs for days, and a large program takes the compiler longer than a small one.
// Large bodies differ at their beginning and stay the same otherwise, as a conversation does that is sent again with every
// turn; the last scenario's share nothing.
const scenarios = {
  plain: { stream: false, concurrency: 32, warmUp: isQuick ? 4000 : 10_000, count: isQuick ? 500 : 1500 },
  stream: { stream: true, concurrency: 32, warmUp: isQuick ? 300 : 1000, count: isQuick ? 200 : 600 },
  plain87k: { ...large, fill: proseOf(LARGE_BYTES) },
  plain200k: { ...large, fill: proseOf(HUGE_BYTES) },
  new200k: { ...large, fill: differingProse(HUGE_BYTES) }
}

const started = performance.now()
const report = (what, figures) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(`${seconds} s  ${what}: ${JSON.stringify(figures)}\n`)
  return figures
}

/** Adds the upstream and makes a key with limits that no run reaches: keeping count of them is what costs. */
function configure(dataDir, upstream) {
  const provider = ['provider', 'add', 'up', '--type', 'openai-compatible', '--base-url', `${upstream}/v1`]
  homeport(dataDir, [...provider, '--key-stdin'], 'sk-bench\n')
  return homeport(dataDir, ['key', 'create', 'bench', '--rpm', '1000000', '--tpm', '1000000000'])
}

/** The same client for each of the targets. */
function clientsFor({ upstream, floor, daemon, portkey, key }, model) {
  return {
    direct: createClient({ origin: upstream.origin, key: 'sk-bench', model }),
    floor: createClient({ origin: floor.origin, key: 'sk-bench', model }),
    homeport: createClient({ origin: daemon.origin, key, model: `up/${model}` }),
    ...(portkey && {
      portkey: createClient({ origin: portkey.origin, key: 'sk-bench', model, headers: portkey.headers })
    })
  }
}

async function measure(targets, rssIdleMb) {
  const { floor, daemon } = targets
  const clients = clientsFor(targets, 'mock')
  // the newest dependencies that Portkey takes break its streams, so it is compared in plain answers only
  const { portkey, ...streaming } = clientsFor(targets, 'mock-c5-d1')
  portkey?.close()
  const pair = {
    floor: { pid: floor.pid, client: clients.floor },
    homeport: { pid: daemon.pid, client: clients.homeport }
  }
  const cpu = {}
  for (const [name, scenario] of Object.entries(scenarios))
    cpu[name] = report(`CPU, ${name}`, await compareCpu(pair, { rounds, limitMs, ...scenario }))
  const firstToken = report('first token', await compareFirstToken(streaming, isQuick ? 100 : 400))
  await clients.portkey?.run(isQuick ? 500 : 3000, 32, { stream: false }, limitMs)
  const one = { rounds: 5, limitMs, concurrency: 1, count: isQuick ? 50 : 500 }
  const c1 = report('one at a time', await compareLatency(clients, one))
  const many = { rounds: 5, limitMs, concurrency: 32, count: isQuick ? 300 : 3000 }
  const c32 = report('32 at a time', await compareLatency(clients, many))
  for (const client of Object.values({ ...clients, ...streaming })) client.close()
  const soaking = isQuick ? { ms: 3000, idleMs: 0 } : { ms: 600_000, idleMs: 6000 }
  const streams = createClient({ origin: daemon.origin, key: targets.key, model: 'up/mock-c50-d5' })
  const soaked = report('soak', await soak({ pid: daemon.pid, client: streams }, soaking))
  return {
    cpuRatio: Math.max(cpu.plain.ratio, cpu.stream.ratio),
    ttftAddedP50Ms: firstToken.homeport,
    p99AddedC32Ms: c32.addedP99Ms.homeport,
    portkeyP99AddedC32Ms: c32.addedP99Ms.portkey ?? null,
    body200kCpuRatio: cpu.plain200k.ratio,
    newBody200kCpuRatio: cpu.new200k.ratio,
    rssIdleMb,
    cpu,
    firstTokenAddedMs: firstToken,
    c1,
    c32,
    soak: soaked
  }
}

const dataDir = temporaryFolder()
const children = []
const begin = async (starting) => {
  const target = await starting
  if (target) children.push(target.child)
  return target
}
try {
  const isPortkeyThere = await installPortkey(isQuick ? 8000 : 120_000)
  const upstream = await begin(startHelper('mock.mjs'))
  const floor = await begin(startHelper('floor.mjs', '--mode', 'acct', '--upstream', upstream.origin))
  const daemon = await begin(startDaemon(dataDir))
  const rssIdleMb = Math.round(residentMb(daemon.pid))
  const portkey = isPortkeyThere ? await begin(startPortkey(upstream.origin)) : null
  const key = configure(dataDir, upstream.origin)
  report('started', { portkey: portkey !== null, rssIdleMb })
  const result = await measure({ upstream, floor, daemon, portkey, key }, rssIdleMb)
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  for (const child of children) await stop(child)
  removeFolder(dataDir)
}
