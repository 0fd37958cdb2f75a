import type { Reader, Statement } from '../store/store.ts'

export interface CachedRow {
  answer: string
  createdAt: number
  usedAt: number
}

/** One read of an index; the answer itself is unpacked only where it is given out. */
export function findAnswer(reader: Reader, key: string, createdAfter: number): CachedRow | undefined {
  return reader.get<CachedRow>(
    `SELECT unzstd(answer) AS answer, created_at AS createdAt, used_at AS usedAt
     FROM cached_answers WHERE key = ? AND created_at > ?`,
    key,
    createdAfter
  )
}

export function readSize(reader: Reader): { entries: number; bytes: number } {
  return (
    reader.get<{ entries: number; bytes: number }>(
      'SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM cached_answers'
    ) ?? { entries: 0, bytes: 0 }
  )
}

/** Gives back the bytes it takes. */
export function putAnswer(key: string, answer: string, now: number): Statement {
  return {
    sql: `
      INSERT OR REPLACE INTO cached_answers (key, created_at, used_at, answer) VALUES (?, ?, ?, ?)
      RETURNING bytes`,
    params: [key, now, now, { zstd: answer }]
  }
}

export interface QuestionRow {
  key: string
  meaning: Uint8Array
  question: string
  traceId: string
}

/** Belongs to an answer that is there. */
export function putQuestion({ key, meaning, question, traceId }: QuestionRow): Statement {
  return {
    sql: 'INSERT OR REPLACE INTO cached_questions (key, meaning, question, trace_id) VALUES (?, ?, ?, ?)',
    params: [key, meaning, question, traceId]
  }
}

/** A few of the same meaning, those answered last. */
export function findQuestions(
  reader: Reader,
  meaning: Uint8Array,
  createdAfter: number
): Pick<QuestionRow, 'key' | 'question' | 'traceId'>[] {
  return reader.all(
    `SELECT q.key, q.question, q.trace_id AS traceId
     FROM cached_questions q JOIN cached_answers a ON a.key = q.key
     WHERE q.meaning = ? AND a.created_at > ? ORDER BY a.created_at DESC, q.key LIMIT 8`,
    meaning,
    createdAfter
  )
}

export function markAnswerUsed(key: string, now: number): Statement {
  return { sql: 'UPDATE cached_answers SET used_at = ? WHERE key = ?', params: [now, key] }
}

export function deleteAnswersBefore(createdAt: number): Statement {
  return { sql: 'DELETE FROM cached_answers WHERE created_at <= ?', params: [createdAt] }
}

/** Keeps those used last, as many as fit. */
export function deleteBeyond(bytes: number): Statement {
  return {
    sql: `
      DELETE FROM cached_answers WHERE key IN (
        SELECT key FROM (
          SELECT key, sum(bytes) OVER (ORDER BY used_at DESC, key) AS total FROM cached_answers
        ) WHERE total > ?
      )`,
    params: [bytes]
  }
}

export const deleteAllAnswers: Statement = { sql: 'DELETE FROM cached_answers' }
