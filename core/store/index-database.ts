import { chmodSync, closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { getLoadablePath } from 'sqlite-vec'
import type { Connection } from './connection.ts'

const WAIT_MS = 5000
const WAL_KEPT_BYTES = 64 * 1024 * 1024

/** The system loads the library itself, and cannot look into the app's archive. */
const loadVectors = (connection: Connection): void =>
  void connection.loadExtension(getLoadablePath().replace(/\.asar(?=[\\/])/, '.asar.unpacked'))

/**
 * A connection that writes an index: what can be built again from the documents. A commit survives the death of the
 * process, not a power cut; there is one such connection per file. Knows sqlite-vec's tables.
 */
export function openIndex(path: string): Connection {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const connection = new Database(path, { timeout: WAIT_MS })
  try {
    // rows of segments are 50 KB: larger pages make the chain of each shorter. Only before the first table
    connection.pragma('page_size = 16384')
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = NORMAL')
    connection.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`)
    connection.pragma('foreign_keys = ON')
    connection.pragma('cache_size = -8192')
    loadVectors(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** A connection that only reads an index, beside the one that writes it, on any thread. */
export function openIndexReadOnly(path: string): Connection {
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: WAIT_MS })
  try {
    connection.pragma('cache_size = -8192')
    loadVectors(connection)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}
