// What Homeport's port costs a model on this machine, beside the same model in node-llama-cpp used directly, in one run:
//   npm run build && node test/bench/inference.mjs [--quick] [--threads N]
// Homeport checks a key with limits, keeps trace, bodies and ledger on disk, and streams OpenAI's dialect from the daemon's
// process, with the engine in another. Both sides have the same threads, draw tokens alike and answer at the same length, on a
// generated model that never ends by itself. Progress goes to stderr; the last line printed is JSON. The bars are in
// docs/architecture.md.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { writeBenchmarkGguf } from '../support/benchmark-gguf.ts'
import { argument, isQuick } from './support/arguments.mjs'
import { createChatClient } from './support/chat-client.mjs'
import {
  childrenOf,
  homeport,
  removeFolder,
  startDaemon,
  stop,
  temporaryFolder
} from './support/processes.mjs'
import { compareThroughput } from './support/throughput.mjs'
import { compareWarmChat } from './support/warm-chat.mjs'

const threads = argument('threads', '1')
const PARALLEL = 4
const DIRECT_CONTEXT_TOKENS = 2048
const rounds = isQuick ? { chats: 2, throughput: 12 } : { chats: 5, throughput: 20 }
/** Of the whole run, less the end of it. */
const limitMs = isQuick ? 44_000 : 300_000

const started = performance.now()
/** So much of the time that is left. */
const timeFor = (share) => share * (limitMs - (performance.now() - started))
const report = (what, figures) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(`${seconds} s  ${what}: ${JSON.stringify(figures)}\n`)
  return figures
}

/** So many words of the model's own, each a token, differing with what they are for. */
function wordsFor(purpose, count) {
  let state = [...purpose].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7)
  const letter = (letters) => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    return letters[(state >>> 16) % letters.length]
  }
  const syllable = () => letter('bcdfghjklmnprstvwxyz') + letter('aeiou')
  return Array.from({ length: count }, () => syllable() + syllable()).join(' ')
}
// their beginnings differ: what is left of another request is of no use to either side
const chatOf = (purpose) => [{ role: 'user', content: wordsFor(purpose, 8) }]

async function startBinding(modelPath) {
  const args = [modelPath, threads, String(DIRECT_CONTEXT_TOKENS), String(PARALLEL)]
  const child = fork(path.join(import.meta.dirname, 'binding.mjs'), args)
  await once(child, 'message')
  return child
}

const answerOver = (client) => async (chats, maxTokens) => {
  const began = performance.now()
  const answers = await Promise.all(chats.map((messages) => client.ask(messages, maxTokens)))
  const ms = performance.now() - began
  return { ms, tokens: answers.reduce((sum, { usage }) => sum + usage.completion_tokens, 0) }
}

function answerBy(binding) {
  let seed = 1
  return async (chats, maxTokens) => {
    seed += chats.length
    binding.send({ chats, maxTokens, seed })
    const [answer] = await once(binding, 'message')
    return answer
  }
}

/** Both sides in the same form: chats in, tokens and milliseconds out. Loads the model on both. */
async function openSides({ client, daemon, binding }) {
  const port = answerOver(client)
  const direct = answerBy(binding)
  const warmUp = Array(PARALLEL).fill(chatOf('warm up'))
  await port(warmUp, 16)
  await direct(warmUp, 16)
  const [engine] = childrenOf(daemon.pid)
  return {
    port: { answer: port, processes: { daemon: daemon.pid, engine } },
    direct: { answer: direct, processes: { binding: binding.pid } }
  }
}

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  for (const row of rows)
    process.stdout.write(
      `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  ')}\n`
    )
}

function show({ single, parallel, warmChat }) {
  const throughput = (name, { port, direct, ratio, ratios, cpuMsPerToken: cpu }) => [
    name,
    `${port} tok/s`,
    `${direct} tok/s`,
    String(ratio),
    `${Math.min(...ratios)} to ${Math.max(...ratios)}`,
    `${cpu.engine} + ${cpu.daemon} ms`,
    `${cpu.binding} ms`
  ]
  printTable([
    ['', 'port', 'binding', 'ratio', 'of single rounds', 'CPU per token: engine + daemon', 'binding'],
    throughput('one client', single),
    throughput('four clients', parallel)
  ])
  const { promptTokens, cachedTokens, warmMs, coldMs, ratio } = warmChat
  process.stdout.write(
    `tenth turn: first token after ${warmMs} ms, evaluated cold after ${coldMs} ms (${ratio}); ` +
      `${cachedTokens} of its ${promptTokens} tokens were there\n`
  )
}

const dataDir = temporaryFolder()
const children = []
try {
  const modelPath = path.join(dataDir, 'models/benchmark.gguf')
  mkdirSync(path.dirname(modelPath))
  const { parameters } = writeBenchmarkGguf(modelPath)
  const daemon = await startDaemon(dataDir, { HOMEPORT_THREADS: threads })
  children.push(daemon.child)
  const key = homeport(dataDir, ['key', 'create', 'bench', '--rpm', '1000000', '--tpm', '1000000000'])
  homeport(dataDir, ['model', 'list'])
  const binding = await startBinding(modelPath)
  children.push(binding)
  const client = createChatClient({ origin: daemon.origin, key, model: 'on-device/benchmark' })
  const sides = await openSides({ client, daemon, binding })
  report('started', { parameters, threads: Number(threads) })

  const warmChat = report(
    'tenth turn',
    await compareWarmChat(client, {
      rounds: rounds.chats,
      limitMs: timeFor(1 / 4),
      // a text to talk about, and short questions on it
      systemOf: (purpose) => wordsFor(purpose, isQuick ? 300 : 1000),
      questionOf: (purpose) => wordsFor(purpose, 24)
    })
  )
  const compare = (clients, maxTokens, share) =>
    compareThroughput(sides, {
      clients,
      maxTokens,
      rounds: rounds.throughput,
      limitMs: timeFor(share),
      chatOf
    })
  const single = report('one client', await compare(1, isQuick ? 96 : 128, 2 / 5))
  const parallel = report('four clients', await compare(PARALLEL, isQuick ? 48 : 128, 1))
  client.close()
  show({ single, parallel, warmChat })
  const result = {
    throughputRatio1: single.ratio,
    throughputRatio4: parallel.ratio,
    warmTtftRatio: warmChat.ratio,
    parameters,
    threads: Number(threads),
    single,
    parallel,
    warmChat
  }
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  for (const child of children) await stop(child)
  removeFolder(dataDir)
}
