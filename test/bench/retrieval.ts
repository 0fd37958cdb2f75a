// How well what is asked is found, through the product's own ingestion and retrieval:
//   npm run bench:retrieval -- --locomo FILE             conversations of LoCoMo's format, each turn a document
//   npm run bench:retrieval -- --vault FOLDER --questions FILE   a vault, and questions as in vault-questions/README.md;
//                                         with --unrelated FILE also questions, one a line, that should find nothing there
// `--quick` asks a sample. `--explain N` prints the N worst misses with why each hit stands where it stands. `--words` leaves
// the embedder out. Progress goes to stderr; the last line printed is JSON, shares in percent. The bars are in
// docs/retrieval.md.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { silentLogger } from '../../core/lib/logger.ts'
import { openBuiltInEmbedder } from '../../core/retrieval/embedders/built-in.ts'
import { openStore } from '../../core/store/open-store.ts'
import { openKnowledge } from '../../core/vault/open-knowledge.ts'
import { type AnsweredQuestion, explain } from './retrieval/answered-question.ts'
import { readConversations } from './retrieval/locomo.ts'
import { askConversations, locomoReport } from './retrieval/locomo-recall.ts'
import { hitsOf, worstFirst } from './retrieval/measures.ts'
import { askVault } from './retrieval/vault-hits.ts'
import { readVaultQuestions } from './retrieval/vault-questions.ts'
import { searchFolder } from './retrieval/vault-source.ts'

const { values } = parseArgs({
  options: {
    locomo: { type: 'string' },
    vault: { type: 'string' },
    questions: { type: 'string' },
    unrelated: { type: 'string' },
    quick: { type: 'boolean', default: false },
    explain: { type: 'string', default: '0' },
    words: { type: 'boolean', default: false }
  }
})
const every = values.quick ? 5 : 1
const embedder = openBuiltInEmbedder()
const wordsOnly = values.words

const began = performance.now()
const report = (what: string, figures: object) =>
  process.stderr.write(
    `${((performance.now() - began) / 1000).toFixed(1)} s  ${what}: ${JSON.stringify(figures)}\n`
  )

function printWorst(answered: readonly AnsweredQuestion[], first: number): void {
  const worst = answered.toSorted(worstFirst(first)).slice(0, Number(values.explain))
  for (const question of worst) process.stdout.write(`${explain(question)}\n\n`)
}

const linesOf = (file: string | undefined): string[] =>
  file === undefined ? [] : readFileSync(file, 'utf8').trim().split('\n')

async function locomo(file: string, folder: string): Promise<object> {
  const conversations = readConversations(readFileSync(file, 'utf8'))
  const ask = async (facts: boolean) => {
    const answered = await askConversations(conversations, { folder, embedder, wordsOnly, facts, every })
    printWorst(
      answered.filter(({ category }) => category !== '5'),
      10
    )
    report(facts ? 'with facts' : 'turns alone', locomoReport(answered))
    return locomoReport(answered)
  }
  const turns = await ask(false)
  return { ...turns, withFacts: conversations.some(({ hasFacts }) => hasFacts) ? await ask(true) : null }
}

/**
 * With `misses`: questions without an answer among the first five passages. `headings`: a passage has to say that it stands
 * under the heading asked for, too. `notes`: any passage of the right note counts. `nothing`: questions for which nothing was
 * near enough; `unrelated`: of those that should be so, how many still found something.
 */
async function vault(folder: string, questionsFile: string, dataDir: string): Promise<object> {
  const questions = readVaultQuestions(readFileSync(questionsFile, 'utf8'))
  const store = await openStore({ dataDir, logger: silentLogger })
  const noModels = new Error('only the built-in embedder is measured')
  const knowledge = openKnowledge({
    store,
    dataDir,
    embedders: {
      check() {},
      choose: () => Promise.reject(noModels),
      reopen: () => null
    },
    obsidian: { home: dataDir, platform: process.platform, env: {} },
    onChange() {},
    logger: silentLogger
  })
  try {
    const search = await searchFolder(knowledge, folder)
    report('indexed', { ms: Math.round(performance.now() - began) })
    const sample = questions.filter((_, index) => index % every === 0)
    const { passages, headings, notes, unknownPlaces } = await askVault(folder, sample, search)
    const unrelated: string[] = []
    for (const text of linesOf(values.unrelated)) if ((await search(text, 1)).length > 0) unrelated.push(text)
    const nothing = passages.filter(({ hits }) => hits.length === 0).length
    if (unknownPlaces.length > 0) report('not in the vault', unknownPlaces)
    printWorst(passages, 5)
    const misses = passages.filter(({ places }) => (places[0] ?? Infinity) > 5).length
    const asked = { questions: passages.length, unknownPlaces: unknownPlaces.length }
    return {
      ...hitsOf(passages),
      misses,
      ...asked,
      headings: hitsOf(headings),
      notes: hitsOf(notes),
      nothing,
      unrelated: unrelated.length
    }
  } finally {
    await knowledge.close()
    await store.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'homeport-bench-'))
try {
  const { locomo: file, vault: vaultFolder, questions } = values
  const missing = [file, vaultFolder, questions].find((path) => path !== undefined && !existsSync(path))
  let result: object
  if (missing !== undefined) result = { skipped: `there is no ${missing}` }
  else if (file !== undefined) result = await locomo(file, folder)
  else if (vaultFolder !== undefined && questions !== undefined)
    result = await vault(vaultFolder, questions, folder)
  else throw new Error('name --locomo FILE, or --vault FOLDER and --questions FILE')
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
