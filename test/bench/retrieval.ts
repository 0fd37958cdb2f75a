// How well what is asked is found, through the product's own ingestion and retrieval:
//   npm run bench:retrieval -- --locomo FILE             conversations of LoCoMo's format, each turn a document
// `--quick` asks a sample. `--explain N` prints the N worst misses with why each hit stands where it stands. `--words` leaves
// the embedder out. Progress goes to stderr; the last line printed is JSON, shares in percent. The bars are in
// docs/retrieval.md.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openBuiltInEmbedder } from '../../core/retrieval/embedders/built-in.ts'
import { type AnsweredQuestion, explain } from './retrieval/answered-question.ts'
import { readConversations } from './retrieval/locomo.ts'
import { askConversations, locomoReport } from './retrieval/locomo-recall.ts'
import { worstFirst } from './retrieval/measures.ts'

const { values } = parseArgs({
  options: {
    locomo: { type: 'string' },
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

const folder = mkdtempSync(join(tmpdir(), 'homeport-bench-'))
try {
  if (values.locomo === undefined) throw new Error('name --locomo FILE')
  const result = existsSync(values.locomo)
    ? await locomo(values.locomo, folder)
    : { skipped: `there is no ${values.locomo}` }
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
