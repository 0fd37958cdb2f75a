import type { Reader, Statement } from '../store/store.ts'
import { type AnchoredThought, thoughtSchema } from './thought.ts'

export function findThoughts(reader: Reader, anchors: readonly string[]): AnchoredThought[] {
  const rows = reader.all<{ anchor: string; thought: string }>(
    `SELECT anchor, unzstd(thought) AS thought FROM reasoning_memory
     WHERE anchor IN (SELECT value FROM json_each(?))`,
    JSON.stringify(anchors)
  )
  return rows.flatMap(({ anchor, thought }) => {
    const parsed = thoughtSchema.safeParse(JSON.parse(thought))
    return parsed.success ? [{ anchor, thought: parsed.data }] : []
  })
}

export function putThought({ anchor, thought }: AnchoredThought, now: number): Statement {
  return {
    sql: 'INSERT OR REPLACE INTO reasoning_memory (anchor, thought, created_at) VALUES (?, ?, ?)',
    params: [anchor, { zstd: JSON.stringify(thought) }, now]
  }
}

export function deleteThoughtsBefore(createdAt: number): Statement {
  return { sql: 'DELETE FROM reasoning_memory WHERE created_at < ?', params: [createdAt] }
}

/** Keeps the newest, as many as fit. */
export function deleteThoughtsBeyond(bytes: number): Statement {
  return {
    sql: `
      DELETE FROM reasoning_memory WHERE anchor IN (
        SELECT anchor FROM (
          SELECT anchor, sum(bytes) OVER (ORDER BY created_at DESC, anchor) AS total FROM reasoning_memory
        ) WHERE total > ?
      )`,
    params: [bytes]
  }
}
