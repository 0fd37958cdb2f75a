import { join } from 'node:path'
import type { Embedder } from '../../../core/retrieval/embedder.ts'
import { openIndexReader } from '../../../core/retrieval/index-reader.ts'
import { openIndexWriter } from '../../../core/retrieval/index-writer.ts'
import type { AnsweredQuestion } from './answered-question.ts'
import type { Conversation } from './locomo.ts'
import { type Recall, recallOf } from './measures.ts'
import { turnDocuments } from './turn-documents.ts'

const DAY_MS = 86_400_000
const MAINTENANCE_STEP_MS = 100
/** Hits looked at. The last place R@k asks for is the twentieth. */
const LIMIT = 20
/** Questions whose premise is wrong; reported apart, as others do. */
const ADVERSARIAL = '5'

export interface LocomoOptions {
  /** For the index files. */
  folder: string
  embedder: Embedder
  /** Asked by words alone. */
  wordsOnly: boolean
  /** The facts of the file are searched beside the turns. */
  facts: boolean
  /** Every so manieth question is asked. */
  every: number
}

/** Asks each conversation its questions, in an index of its own, the day after its last turn. */
export async function askConversations(
  conversations: readonly Conversation[],
  options: LocomoOptions
): Promise<AnsweredQuestion[]> {
  const answered: AnsweredQuestion[] = []
  for (const [index, conversation] of conversations.entries()) {
    const path = join(options.folder, `${options.facts ? 'facts' : 'turns'}-${index}.db`)
    answered.push(...(await askConversation(conversation, path, options)))
  }
  return answered
}

async function askConversation(
  { turns, questions }: Conversation,
  path: string,
  { embedder, wordsOnly, facts, every }: LocomoOptions
): Promise<AnsweredQuestion[]> {
  const { signal } = new AbortController()
  const writer = openIndexWriter({ path, embedder })
  writer.put(turnDocuments(turns, { facts }))
  // what is left out of documents while they are put in order needs its vectors anew
  do {
    while ((await writer.embedNext(embedder.batch, signal)) > 0);
  } while (writer.maintain(MAINTENANCE_STEP_MS))
  writer.close()
  const reader = openIndexReader(path)
  if (reader === null) throw new Error('an index that was just written cannot be opened')
  const texts = new Map(turns.map(({ id, text }) => [id, text]))
  const now = Math.max(...turns.map(({ at }) => at)) + DAY_MS
  const answered: AnsweredQuestion[] = []
  for (const { text, category, evidence } of questions.filter((_, index) => index % every === 0)) {
    const { hits } = await reader.search(
      { text, filter: {}, limit: LIMIT, typing: false, now },
      wordsOnly ? null : embedder,
      signal
    )
    const found = hits.map(({ document }) => document.path)
    answered.push({
      text,
      category: String(category),
      places: found.flatMap((id, at) => (evidence.includes(id) ? [at + 1] : [])),
      evidence: evidence.length,
      expected: evidence.map((id) => `${id}: ${texts.get(id) ?? ''}`),
      hits: hits.map(({ document, chunk, score, why }) => ({
        place: document.path,
        text: chunk.text,
        score,
        why,
        answers: evidence.includes(document.path)
      }))
    })
  }
  reader.close()
  return answered
}

export interface LocomoReport extends Recall {
  /** By LoCoMo's number of the category. The sums above are of all but 5. */
  perCategory: Record<string, Recall>
}

export function locomoReport(answered: readonly AnsweredQuestion[]): LocomoReport {
  const categories = [...new Set(answered.map(({ category }) => category))].toSorted()
  return {
    ...recallOf(answered.filter(({ category }) => category !== ADVERSARIAL)),
    perCategory: Object.fromEntries(
      categories.map((one) => [one, recallOf(answered.filter(({ category }) => category === one))])
    )
  }
}
