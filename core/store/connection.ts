import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { addCompression } from './compression.ts'
import type { DatabaseName } from './store.ts'

export type Connection = Database.Database

/** No other process may write here, so a wait is only ever for a checkpoint or a backup to let go. */
const WAIT_MS = 5000
const WAL_KEPT_BYTES = 64 * 1024 * 1024

export const databasePath = (dataDir: string, database: DatabaseName): string =>
  join(dataDir, `${database}.db`)

/**
 * A connection that may write, for the writer worker and for migrations. Creates the file when there is none.
 * A commit of `homeport` is on the disk when it returns (`synchronous=FULL`); of `traces` it survives the death of the
 * process, not a power cut (`NORMAL`).
 */
export function openWritable(path: string, database: DatabaseName): Connection {
  // SQLite gives the -wal and -shm files the mode of the database file
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const connection = new Database(path, { timeout: WAIT_MS })
  try {
    // takes effect only before the first table, which is when it matters: old traces are deleted all the time
    if (database === 'traces') connection.pragma('auto_vacuum = INCREMENTAL')
    connection.pragma('journal_mode = WAL')
    connection.pragma(`synchronous = ${database === 'homeport' ? 'FULL' : 'NORMAL'}`)
    connection.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`)
    connection.pragma('foreign_keys = ON')
    connection.pragma('cache_size = -8192')
    addCompression(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * A connection that can only read. Memory mapping stays off: with it, a failing disk kills the process instead of
 * failing the query.
 */
export function openReadable(path: string): Connection {
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: WAIT_MS })
  connection.pragma('cache_size = -4096')
  addCompression(connection)
  return connection
}
