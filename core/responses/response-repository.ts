import type { Reader, Statement } from '../store/store.ts'
import type { ResponseJson, StoredResponse } from './stored-response.ts'

interface ResponseRow {
  id: string
  previous_id: string | null
  created_at: number
  response: string
  input: string
}

const toStoredResponse = (row: ResponseRow): StoredResponse => ({
  id: row.id,
  previousId: row.previous_id,
  createdAt: row.created_at,
  response: readObject(row.response),
  input: readList(row.input)
})

/** Written by `insertResponse` and nobody else, so the shapes are known. */
const readObject = (text: string): ResponseJson => JSON.parse(text)
const readList = (text: string): ResponseJson[] => JSON.parse(text)

const columns = 'id, previous_id, created_at, unzstd(response) AS response, unzstd(input) AS input'

export function findResponse(
  reader: Reader,
  appKeyId: string,
  id: string,
  now: number
): StoredResponse | null {
  const row = reader.get<ResponseRow>(
    `SELECT ${columns} FROM responses WHERE id = ? AND app_key_id = ? AND expires_at > ?`,
    id,
    appKeyId,
    now
  )
  return row ? toStoredResponse(row) : null
}

/** The key that a response belongs to; null where none is stored. */
export function ownerOf(reader: Reader, id: string): string | null {
  return (
    reader.get<{ owner: string }>('SELECT app_key_id AS owner FROM responses WHERE id = ?', id)?.owner ?? null
  )
}

/** The response that an item was an output of. */
export function responseOfItem(reader: Reader, itemId: string): string | null {
  const row = reader.get<{ id: string }>('SELECT response_id AS id FROM response_items WHERE id = ?', itemId)
  return row?.id ?? null
}

/** An id that is there already keeps what it has. */
export function insertResponse(
  appKeyId: string,
  { id, previousId, createdAt, response, input }: StoredResponse,
  expiresAt: number
): Statement {
  return {
    sql: `
      INSERT INTO responses (id, app_key_id, previous_id, created_at, expires_at, response, input)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    params: [
      id,
      appKeyId,
      previousId,
      createdAt,
      expiresAt,
      { zstd: JSON.stringify(response) },
      { zstd: JSON.stringify(input) }
    ]
  }
}

export function insertItem(itemId: string, responseId: string): Statement {
  return {
    sql: 'INSERT INTO response_items (id, response_id) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
    params: [itemId, responseId]
  }
}

/** Keeps the turns before a response as long as itself. */
export function prolongConversation(appKeyId: string, previousId: string, expiresAt: number): Statement {
  return {
    sql: `
      WITH RECURSIVE earlier (id, previous_id) AS (
        SELECT id, previous_id FROM responses WHERE id = ? AND app_key_id = ?
        UNION
        SELECT responses.id, responses.previous_id
        FROM responses JOIN earlier ON responses.id = earlier.previous_id
        WHERE responses.app_key_id = ?
      )
      UPDATE responses SET expires_at = ? WHERE id IN (SELECT id FROM earlier)`,
    params: [previousId, appKeyId, appKeyId, expiresAt]
  }
}

export function deleteResponse(appKeyId: string, id: string): Statement {
  return { sql: 'DELETE FROM responses WHERE id = ? AND app_key_id = ?', params: [id, appKeyId] }
}

export function deleteExpired(now: number): Statement {
  return { sql: 'DELETE FROM responses WHERE expires_at <= ?', params: [now] }
}
