// How fast folders are indexed, kept in step and searched, through the product's own sources, threads and indexes:
//   npm run bench:vault [-- --quick]             10,000 made-up notes (2,000), the same in every run
//   npm run bench:vault -- --vault FOLDER        a real one, which is only read: edits are made to a copy
//   npm run bench:vault -- --kills [N]           kills indexing N times (50), and compares with an index made at once
// Progress goes to stderr; the last line printed is JSON. The bars are in docs/architecture.md.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { silentLogger } from '../../core/lib/logger.ts'
import { indexUnderKills } from '../../core/vault/ingest/kills.test-support.ts'
import type { Knowledge } from '../../core/vault/knowledge.ts'
import { builtKnowledge } from './vault/built-knowledge.ts'
import { gatewayLatency } from './vault/gateway-latency.ts'
import { generatedNotes, writeNotes } from './vault/generated-vault.ts'
import { percentile, round } from './vault/percentile.ts'
import { randomFrom } from './vault/random.ts'

const { values } = parseArgs({
  options: {
    vault: { type: 'string' },
    quick: { type: 'boolean', default: false },
    kills: { type: 'boolean', default: false }
  },
  allowPositionals: true
})
const SEED = 1
const EDITS = 7
const KILLS = 50
const KILLED_NOTES = 400
/** Searches while indexing, one after another with this pause. */
const SEARCH_PAUSE_MS = 40
/** Notes whose names are asked for in turn, while there is more and more to be found. */
const ASKED_NAMES = 50

const began = performance.now()
const report = (what: string, figures: object): void =>
  void process.stderr.write(
    `${((performance.now() - began) / 1000).toFixed(1)} s  ${what}: ${JSON.stringify(figures)}\n`
  )

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'homeport-bench-')))
try {
  const result = values.kills ? await kills() : await measure()
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function kills(): Promise<object> {
  const wanted = Number(process.argv.at(-1)) || KILLS
  return indexUnderKills({ folder, kills: wanted, notes: KILLED_NOTES, random: randomFrom(SEED) })
}

async function measure(): Promise<object> {
  const { openStore, openKnowledge } = await builtKnowledge()
  const vault = join(folder, 'vault')
  if (values.vault) cpSync(values.vault, vault, { recursive: true, preserveTimestamps: true })
  else writeNotes(vault, generatedNotes(values.quick ? 2000 : 10_000, SEED, Date.now()))
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  const store = await openStore({ dataDir, logger: silentLogger })
  const knowledge = openKnowledge({
    store,
    dataDir,
    embedders: {
      check() {},
      choose: () => Promise.reject(new Error('no model is at hand')),
      reopen: () => null
    },
    obsidian: { home: folder, platform: process.platform, env: {} },
    onChange() {},
    logger: silentLogger
  })
  try {
    const indexed = await indexAll(knowledge, vault)
    const rescanMs = await rescan(knowledge)
    const edits: number[] = []
    for (let edit = 0; edit < EDITS; edit++) edits.push(await editVisible(knowledge, vault, edit))
    report('edits', { ms: edits.map((ms) => round(ms)) })
    const gateway = await gatewayLatency(vault)
    report('answers of the gateway', gateway)
    return {
      ...indexed,
      rescanMs: round(rescanMs),
      editVisibleMs: round(percentile(edits, 50)),
      gatewayP95Ratio: round(gateway.busyP95Ms / gateway.idleP95Ms)
    }
  } finally {
    await knowledge.close()
    await store.close()
  }
}

function stateOf(knowledge: Knowledge) {
  const [source] = knowledge.sources()
  if (!source) throw new Error('there is no source')
  if (source.state === 'failed' || source.state === 'missing') throw new Error(source.problem ?? source.state)
  return source
}

async function find(knowledge: Knowledge, text: string) {
  const { hits, problems } = await knowledge.search(
    { text, scopes: [], limit: 10 },
    AbortSignal.timeout(30_000)
  )
  if (problems[0]) throw new Error(problems[0].message)
  return hits
}

async function indexAll(knowledge: Knowledge, vault: string): Promise<object> {
  const questions = namesIn(vault)
  const start = performance.now()
  knowledge.begin()
  await knowledge.add({ folder: vault, embedder: 'built-in', excludes: [], costConfirmed: false })
  const searches: number[] = []
  let firstSearchMs: number | null = null
  for (let ask = 0; stateOf(knowledge).state !== 'ready'; ask++) {
    const asked = performance.now()
    const hits = await find(knowledge, questions[ask % questions.length] ?? '')
    const ended = performance.now()
    if (firstSearchMs !== null) searches.push(ended - asked)
    else if (hits.length > 0) firstSearchMs = ended - start
    await sleep(firstSearchMs === null ? 5 : SEARCH_PAUSE_MS)
  }
  const seconds = (performance.now() - start) / 1000
  const { documents, chunks, failures, indexBytes } = stateOf(knowledge)
  report('indexed', { seconds, documents, chunks, failures, indexBytes, searches: searches.length })
  return {
    notesPerSecond: Math.round(documents / seconds),
    firstSearchMs: Math.round(firstSearchMs ?? 0),
    searchP95Ms: round(percentile(searches, 95))
  }
}

/** Of notes from all over a folder. */
function namesIn(vault: string): string[] {
  const notes = readdirSync(vault, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.md')
  )
  const every = Math.max(1, Math.floor(notes.length / ASKED_NAMES))
  return notes.filter((_, index) => index % every === 0).map((path) => basename(path, '.md'))
}

/** From asking for it until folder and index are known to agree. */
async function rescan(knowledge: Knowledge): Promise<number> {
  const { id, completeAt } = stateOf(knowledge)
  // a millisecond tells the two apart
  await sleep(5)
  const start = performance.now()
  await knowledge.rescan(id)
  while (stateOf(knowledge).completeAt === completeAt) await sleep(1)
  return performance.now() - start
}

/** From the end of a save until the note is found by what was added. */
async function editVisible(knowledge: Knowledge, vault: string, edit: number): Promise<number> {
  const word = `zyxomat${'abcdefghij'[edit]}`
  writeFileSync(join(vault, `edited ${edit % 2}.md`), `# Edited\n\nThe ${word} was added.\n`)
  const start = performance.now()
  while (!(await find(knowledge, word)).some(({ text }) => text.includes(word))) {
    if (performance.now() - start > 20_000) throw new Error('an edit was not found')
    await sleep(5)
  }
  return performance.now() - start
}
