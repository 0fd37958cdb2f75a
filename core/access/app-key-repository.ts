import { z } from 'zod'
import type { AppKey } from '../contract/access.ts'
import type { SqlValue } from '../store/sql.ts'
import type { Reader, Statement } from '../store/store.ts'

interface AppKeyRow {
  id: string
  name: string
  prefix: string
  created_at: number
  last_used_at: number | null
  revoked_at: number | null
  paused_at: number | null
  requests_per_minute: number | null
  tokens_per_minute: number | null
  on_device_only: number
  /** JSON. */
  knowledge: string | null
}

const scopes = z.array(z.string())

const toAppKey = (row: AppKeyRow): AppKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  revokedAt: row.revoked_at,
  pausedAt: row.paused_at,
  limits: {
    requestsPerMinute: row.requests_per_minute,
    tokensPerMinute: row.tokens_per_minute,
    onDeviceOnly: row.on_device_only === 1,
    ...(row.knowledge !== null && { knowledge: scopes.parse(JSON.parse(row.knowledge)) })
  }
})

const columns = `id, name, prefix, created_at, last_used_at, revoked_at, paused_at, requests_per_minute,
  tokens_per_minute, on_device_only, knowledge`

/** All keys, newest first, revoked ones too. */
export function listAppKeys(reader: Reader): AppKey[] {
  return reader
    .all<AppKeyRow>(`SELECT ${columns} FROM app_keys ORDER BY created_at DESC, id DESC`)
    .map(toAppKey)
}

export function findAppKey(reader: Reader, id: string): AppKey | null {
  const row = reader.get<AppKeyRow>(`SELECT ${columns} FROM app_keys WHERE id = ?`, id)
  return row ? toAppKey(row) : null
}

/** The keys that open the door, with their digests. */
export function listActiveAppKeys(reader: Reader): { key: AppKey; digest: Uint8Array }[] {
  return reader
    .all<AppKeyRow & { digest: Uint8Array }>(
      `SELECT ${columns}, digest FROM app_keys WHERE revoked_at IS NULL`
    )
    .map((row) => ({ key: toAppKey(row), digest: row.digest }))
}

export function insertAppKey(key: AppKey, digest: Uint8Array): Statement {
  return {
    sql: `
      INSERT INTO app_keys (id, name, prefix, digest, created_at, requests_per_minute, tokens_per_minute, on_device_only,
                            knowledge)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    params: [key.id, key.name, key.prefix, digest, key.createdAt, ...limitParams(key)]
  }
}

export function updateAppKey(key: Pick<AppKey, 'id' | 'name' | 'pausedAt' | 'limits'>): Statement {
  return {
    sql: `
      UPDATE app_keys
      SET name = ?, paused_at = ?, requests_per_minute = ?, tokens_per_minute = ?, on_device_only = ?, knowledge = ?
      WHERE id = ?`,
    params: [key.name, key.pausedAt, ...limitParams(key), key.id]
  }
}

const limitParams = ({ limits }: Pick<AppKey, 'limits'>): SqlValue[] => [
  limits.requestsPerMinute,
  limits.tokensPerMinute,
  limits.onDeviceOnly ? 1 : 0,
  limits.knowledge ? JSON.stringify(limits.knowledge) : null
]

export function markAppKeyUsed(id: string, at: number): Statement {
  return { sql: 'UPDATE app_keys SET last_used_at = ? WHERE id = ?', params: [at, id] }
}

/** Keeps the first time of revocation. */
export function markAppKeyRevoked(id: string, at: number): Statement {
  return { sql: 'UPDATE app_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', params: [at, id] }
}
