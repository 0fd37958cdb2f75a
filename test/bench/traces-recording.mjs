// CPU that keeping a call costs, over all threads and until it is on disk, against the same calls with nothing kept:
//   node test/bench/traces-recording.mjs [--quick] [--only SCENARIO]
// Calls go through the product's own stages to a provider in this process. Taking words into the index comes later and is
// reported apart. Progress goes to stderr; the last line printed is JSON, in milliseconds a call.
import { setImmediate as otherWork } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openLedger } from '../../core/costs/ledger.ts'
import { createPrices } from '../../core/costs/price-call.ts'
import { silentLogger } from '../../core/lib/logger.ts'
import { compose } from '../../core/pipeline/compose.ts'
import { newContext } from '../../core/pipeline/new-context.ts'
import { recordStage } from '../../core/pipeline/stages/record.ts'
import { resolveStage } from '../../core/pipeline/stages/resolve.ts'
import { routeStage } from '../../core/pipeline/stages/route.ts'
import { settleStage } from '../../core/pipeline/stages/settle.ts'
import { createRouter } from '../../core/routing/router.ts'
import { createHealth } from '../../core/routing/target-health.ts'
import { openStore } from '../../core/store/open-store.ts'
import { openTraces } from '../../core/traces/traces.ts'
import { argument, isQuick } from './support/arguments.mjs'
import { differingProse, proseOf } from './support/load.mjs'
import { removeFolder, temporaryFolder } from './support/processes.mjs'
import { median, round } from './support/statistics.mjs'

const ROUNDS = isQuick ? 5 : 15
/** Until what runs often is compiled. */
const WARM_ROUNDS = 3
const IN_FLIGHT = 32
const LARGE_BYTES = 87_000
/** Of a conversation's messages, which stay as they are when another one is added. */
const MESSAGE_BYTES = 2000

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

const usage = {
  input: { total: 2400, noCache: 2400, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 110, text: 110, reasoning: 0 }
}
const answer = proseOf(600)
const provider = {
  id: 'up',
  name: 'Upstream',
  kind: 'bench',
  onDevice: false,
  pricing: { vendor: 'openai' },
  listModels: () => [],
  chat: async () => ({
    wireDialect: null,
    headers: {},
    warnings: [],
    events: (async function* () {
      yield { parts: [{ type: 'text-delta', text: answer }] }
      yield { parts: [{ type: 'usage', usage }] }
      yield { parts: [{ type: 'finish', reason: 'stop' }] }
    })()
  })
}
const health = createHealth()
const router = createRouter({
  catalog: { find: () => null },
  providers: {
    callable: new Map([[provider.id, provider]]),
    seatsOf: () => [provider],
    lacksKey: () => false,
    isLocalServer: () => false
  },
  aliases: { get: () => null },
  health,
  price: () => ({ kind: 'unknown' })
})

/** A call that could not be kept would cost nothing. */
const logger = {
  ...silentLogger,
  error({ error }, message) {
    throw new Error(message, { cause: error })
  }
}
const dataDir = temporaryFolder()
const store = await openStore({ dataDir, logger })
const retention = () => ({ bodyDays: 3650, traceDays: 3650, bodyMegabytes: 1_000_000 })
const traces = openTraces({ store, dataDir, retention, logger })
const ledger = openLedger({ store })
const written = []
const noted = (promise) => {
  written.push(promise)
  return promise
}

let recordBodies = false
const asked = [
  resolveStage({ plan: router.plan, estimateTokens: () => 2400 }),
  routeStage({ health, maxTextChars: 2_000_000 })
]
const kept = [
  recordStage({
    traces: { record: (trace) => noted(traces.record(trace)) },
    recordBodies: () => recordBodies,
    onTrace() {},
    logger
  }),
  settleStage({
    ledger: { book: (entry) => noted(ledger.book(entry)) },
    price: createPrices().price,
    fingerprint: traces.fingerprint,
    logger
  })
]
const runUnkept = compose(asked)
const runKept = compose([...kept, ...asked])

/** What a client sends, as the gateway has read it. */
function requestOf({ messages, tools }) {
  const json = { model: 'up/gpt-4o', stream: true, messages, ...(tools && { tools }) }
  return { dialect: 'openai-chat', body: Buffer.from(JSON.stringify(json)), json, headers: {} }
}

async function callOnce(run, wire) {
  const call = {
    caller: { kind: 'app-key', id: 'key-1', name: 'Editor' },
    dialect: 'openai-chat',
    model: 'up/gpt-4o',
    stream: true,
    request: () => ({ messages: [], output: 'text', unmapped: [] }),
    wire,
    signal: new AbortController().signal
  }
  const { events, done } = await run(newContext(call))
  for await (const _ of events);
  await done
}

/** CPU of some calls until nothing of them is left to do, in milliseconds a call. */
async function cpuOf(run, requests) {
  await otherWork()
  const before = process.cpuUsage()
  const waiting = requests.values()
  const next = async () => {
    for (const request of waiting) await callOnce(run, request)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, next))
  await otherWork()
  await Promise.all(written.splice(0))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / requests.length
}

let made = 0
/** Programs and models speak in turn. */
const message = (content, index = 0) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })
const smallProse = differingProse(300)
const small = () => ({ messages: [message(`${made++} ${smallProse(made)}`)] })
const messageProse = differingProse(MESSAGE_BYTES)
const messageAt = (index) => message(`${made++} ${messageProse(made)}`, index)
const messagesOf = (bytes) =>
  Array.from({ length: Math.round(bytes / MESSAGE_BYTES) }, (_, index) => messageAt(index))
/** A conversation that is sent whole with every turn. When it has become too long another one goes on, nearly as long already. */
let conversation = []
function grown() {
  const isFull = conversation.length * MESSAGE_BYTES > 1.25 * LARGE_BYTES
  if (isFull || conversation.length === 0) conversation = messagesOf(0.75 * LARGE_BYTES)
  conversation.push(messageAt(conversation.length), messageAt(conversation.length + 1))
  return { messages: [...conversation] }
}
/**
 * As coding agents do it: the same instructions before each conversation and the same tools after it, two thirds of an
 * average request; a conversation begins with a question.
 */
const instructions = { role: 'system', content: differingProse(LARGE_BYTES / 6)(0) }
const toolProse = differingProse(MESSAGE_BYTES)
const tools = Array.from({ length: Math.round(LARGE_BYTES / 2 / MESSAGE_BYTES) }, (_, index) => ({
  type: 'function',
  function: { name: `tool_${index}`, description: toolProse(index), parameters: { type: 'object' } }
}))
let turns = []
function agentic() {
  if (turns.length * MESSAGE_BYTES > (2 / 3) * LARGE_BYTES) turns = []
  turns.push(messageAt(turns.length))
  if (turns.length > 1) turns.push(messageAt(turns.length))
  return { messages: [instructions, ...turns], tools }
}
/** The same with the time in its instructions. */
const history = messagesOf(LARGE_BYTES)
const again = () => ({ messages: [{ role: 'system', content: `It is ${made++}.` }, ...history] })
/** Nothing of it was there before. */
const largeProse = differingProse(LARGE_BYTES)
const fresh = () => ({ messages: [message(`${made++} ${largeProse(made)}`)] })

const scenarios = {
  numbers: { calls: 1000, bodies: false, request: small },
  small: { calls: 1000, bodies: true, request: small },
  again87k: { calls: 300, bodies: true, request: again },
  agent87k: { calls: 300, bodies: true, request: agentic },
  grown87k: { calls: 300, bodies: true, request: grown },
  fresh87k: { calls: 300, bodies: true, request: fresh }
}

const measured = Object.entries(scenarios)
  .filter(([name]) => name === argument('only', name))
  .map(([name, scenario]) => ({ name, ...scenario, kept: [], indexed: [] }))

/** What is left over when the same calls with nothing kept are taken away, and what taking in their words takes. */
async function measure({ calls, bodies, request }) {
  recordBodies = bodies
  const requests = Array.from({ length: calls }, () => requestOf(request()))
  // what making them up left behind, which may be more than all that keeping them takes
  collectGarbage()
  const unkeptMs = await cpuOf(runUnkept, requests)
  const keptMs = (await cpuOf(runKept, requests)) - unkeptMs
  const before = process.cpuUsage()
  await traces.indexed()
  const { user, system } = process.cpuUsage(before)
  return { keptMs, indexedMs: (user + system) / 1000 / calls }
}

try {
  // all of them in turn: what the process learns, and what else the machine does, is the same for each
  for (let index = -WARM_ROUNDS; index < ROUNDS; index++)
    for (const scenario of measured) {
      const { keptMs, indexedMs } = await measure(scenario)
      if (index < 0) continue
      scenario.kept.push(keptMs)
      scenario.indexed.push(indexedMs)
    }
  const result = {}
  for (const { name, kept, indexed } of measured) {
    result[name] = { keptMs: round(median(kept), 3), indexedMs: round(median(indexed), 3) }
    process.stderr.write(
      `${name}: ${JSON.stringify({ ...result[name], leastMs: round(Math.min(...kept), 3) })}\n`
    )
  }
  await traces.close()
  await store.close()
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  removeFolder(dataDir)
}
