import { hash } from 'node:crypto'
import { wordsApart } from '../lib/words-apart.ts'
import type { Reader, Statement, Writer } from '../store/store.ts'
import type { BodyTextRepository, ReadParts } from './body-text-repository.ts'
import { spanTextsOf } from './span-text-repository.ts'
import { firstTraceIdOf } from './trace-id-time.ts'
import { requestTexts, textIn } from './trace-texts.ts'

/** What one transaction may add: the writer is busy with it for some 10 ms. */
const BATCH_CHARS = 64_000
const BATCH_TRACES = 200
/** Of a request and of an answer, this much is read. */
const READ_CHARS = 2_000_000
/** What one trace may bring into the index. */
const INDEXED_CHARS = 400_000
const HASH_BYTES = 12
const CHANGING_TEXTS = 3
const KNOWN_IN_A_ROW = 3
const PRUNE_BATCH = 200
/** Pages of the index that one step of clearing it out works on. */
const MERGED_PAGES = 64

const selectQueue = `SELECT trace_id AS id FROM search_queue ORDER BY trace_id LIMIT ${BATCH_TRACES}`
const selectWaiting = 'SELECT 1 FROM search_queue LIMIT 1'
const selectText = 'SELECT 1 FROM search_texts WHERE hash = ?'
const insertDocument = 'INSERT INTO search_documents (trace_id) SELECT id FROM traces WHERE id = ?'
// not `ORDER BY id DESC LIMIT 1`: SQLite would prepare that anew each time, which takes longer than all else in it
const newestDocument = 'FROM search_documents WHERE trace_id = ? HAVING max(id) IS NOT NULL'
const insertWords = `INSERT INTO search_words (rowid, text) SELECT max(id), ? ${newestDocument}`
const insertText = `INSERT OR IGNORE INTO search_texts (hash, document_id) SELECT ?, max(id) ${newestDocument}`
const countChanges = 'SELECT total_changes() AS changes'
const leaveQueue = 'DELETE FROM search_queue WHERE trace_id = ?'

const deleteDocuments = `
  DELETE FROM search_documents WHERE id IN (SELECT id FROM search_documents WHERE trace_id < ? LIMIT ${PRUNE_BATCH})`
const beginMerge = `INSERT INTO search_words (search_words, rank) VALUES ('merge', -${MERGED_PAGES})`
const goOnMerging = `INSERT INTO search_words (search_words, rank) VALUES ('merge', ${MERGED_PAGES})`

/** Takes the words of traces that started before a time (milliseconds UTC) out of the index. */
export async function deleteWordsBefore(writer: Writer, time: number): Promise<void> {
  const params = [firstTraceIdOf(time)]
  for (;;) {
    const [result] = await writer.write('traces', [{ sql: deleteDocuments, params }])
    if (!result || result.changes < PRUNE_BATCH) return
  }
}

/** Rewrites the index without what was deleted, step by step: until then deleted words stand in the file. */
export async function clearOutIndex(writer: Writer): Promise<void> {
  let sql = beginMerge
  for (;;) {
    const [before, , after] = await writer.write('traces', [
      { sql: countChanges },
      { sql },
      { sql: countChanges }
    ])
    // by FTS5's own account a step that changes less than two rows had nothing left to do
    if (Number(after?.rows[0]?.changes) - Number(before?.rows[0]?.changes) < 2) return
    sql = goOnMerging
  }
}

/** What traces bring into the index of words, as it is found out. */
export class SearchRepository {
  readonly #reader: Reader
  readonly #bodies: BodyTextRepository

  constructor(reader: Reader, bodies: BodyTextRepository) {
    this.#reader = reader
    this.#bodies = bodies
  }

  isWaiting(): boolean {
    return this.#reader.get(selectWaiting) !== undefined
  }

  /** What takes the next traces into the index; empty when none waits. */
  nextBatch(): Statement[] {
    const statements: Statement[] = []
    const seen = new Set<string>()
    // turns of one chat stand close together, and have most of their parts in common
    const read: ReadParts = new Map()
    let chars = 0
    for (const { id } of this.#reader.all<{ id: string }>(selectQueue)) {
      const { text, hashes } = this.#broughtBy(id, seen, read)
      if (text !== '') {
        statements.push({ sql: insertDocument, params: [id] }, { sql: insertWords, params: [text, id] })
        for (const digest of hashes) statements.push({ sql: insertText, params: [digest, id] })
      }
      statements.push({ sql: leaveQueue, params: [id] })
      chars += text.length
      if (chars > BATCH_CHARS) break
    }
    return statements
  }

  /** What a call said and was told that no call before it had. `seen` holds what this batch has brought already. */
  #broughtBy(id: string, seen: Set<string>, read: ReadParts): { text: string; hashes: Uint8Array[] } {
    const { request, response } = this.#bodies.textsOf(id, READ_CHARS, read)
    const { history, fresh } = requestTexts(request ?? '')
    const answer =
      response === null ? [] : [response.replace(/^<reasoning>\n[\s\S]*?\n<\/reasoning>\n\n/, '')]
    const hashes: Uint8Array[] = []
    const note = (text: string): boolean => {
      const digest = hash('sha256', text, 'buffer').subarray(0, HASH_BYTES)
      const name = digest.toString('latin1')
      const isNew = !seen.has(name) && !this.#reader.get(selectText, digest)
      if (isNew) {
        seen.add(name)
        hashes.push(digest)
      }
      return isNew
    }
    const texts = newOnes(history, note)
    // what was asked is found at every call that asked it
    for (const text of [...fresh, ...answer]) note(text)
    texts.push(...fresh)
    if (response !== null) texts.push(response)
    texts.push(...this.#spanTexts(id).filter(note))
    return { text: wordsApart(texts.join('\n').slice(0, INDEXED_CHARS)), hashes }
  }

  /** What its spans say, which may be what the whole says too: prompts, answers, arguments, documents. */
  #spanTexts(id: string): string[] {
    const bySpan = spanTextsOf(this.#reader, id, READ_CHARS)
    return [...bySpan.values()].flatMap((attributes) => Object.values(attributes).map(textIn)).filter(Boolean)
  }
}

/**
 * Those of a chat's earlier texts that are new. It grows at its end: below a few that are known only its beginning, where
 * programs put their instructions and summaries, is looked at.
 */
function newOnes(history: readonly string[], isNew: (text: string) => boolean): string[] {
  const found = history.slice(0, CHANGING_TEXTS).filter(isNew)
  let known = 0
  for (const text of history.slice(CHANGING_TEXTS).reverse()) {
    if (known === KNOWN_IN_A_ROW) break
    known = isNew(text) ? 0 : known + 1
    if (known === 0) found.push(text)
  }
  return found
}
