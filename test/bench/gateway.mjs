// What a call through Homeport costs, beside a direct call, a minimal proxy and Portkey, all in the same run on Linux:
//   npm run build && node test/bench/gateway.mjs [--quick]
// Homeport checks a key with limits, and keeps trace, bodies and ledger on disk. CPU counts all threads until the queues are
// empty. Progress goes to stderr; the last line printed is JSON. The bars are in docs/architecture.md.
import { isQuick } from './support/arguments.mjs'
import { compareCpu } from './support/cpu.mjs'
import { compareFirstToken, compareLatency } from './support/latency.mjs'
import { createClient, proseOf } from './support/load.mjs'
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
const scenarios = {
  plain: { stream: false, fill: '', concurrency: 32, warmUp: 600, count: isQuick ? 600 : 1500 },
  stream: { stream: true, fill: '', concurrency: 32, warmUp: 300, count: isQuick ? 200 : 600 },
  plain87k: {
    stream: false,
    fill: proseOf(LARGE_BYTES),
    concurrency: 8,
    warmUp: 200,
    count: isQuick ? 200 : 500
  },
  plain200k: {
    stream: false,
    fill: proseOf(HUGE_BYTES),
    concurrency: 8,
    warmUp: 100,
    count: isQuick ? 100 : 300
  }
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
    cpu[name] = report(`CPU, ${name}`, await compareCpu(pair, { rounds, ...scenario }))
  const firstToken = report('first token', await compareFirstToken(streaming, isQuick ? 100 : 400))
  await clients.portkey?.run(isQuick ? 200 : 1000, 32, { stream: false })
  const one = { rounds, concurrency: 1, count: isQuick ? 150 : 500 }
  const c1 = report('one at a time', await compareLatency(clients, one))
  const many = { rounds, concurrency: 32, count: isQuick ? 800 : 3000 }
  const c32 = report('32 at a time', await compareLatency(clients, many))
  for (const client of Object.values({ ...clients, ...streaming })) client.close()
  const streams = createClient({ origin: daemon.origin, key: targets.key, model: 'up/mock-c50-d5' })
  const soaked = report('soak', await soak({ pid: daemon.pid, client: streams }, isQuick ? 4000 : 600_000))
  return {
    cpuRatio: Math.max(cpu.plain.ratio, cpu.stream.ratio),
    ttftAddedP50Ms: firstToken.homeport,
    p99AddedC32Ms: c32.addedP99Ms.homeport,
    portkeyP99AddedC32Ms: c32.addedP99Ms.portkey ?? null,
    body200kCpuRatio: cpu.plain200k.ratio,
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
