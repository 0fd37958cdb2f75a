import { existsSync, rmSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { Connection } from './connection.ts'
import { openIndex, openIndexReadOnly } from './index-database.ts'
import { isDamaged } from './sqlite-failure.ts'

/** Why an index starts empty. */
export type Rebuilt = 'new' | 'other-version' | 'damaged'

export interface IndexFile {
  connection: Connection
  /** Null where it was there already, in this schema. */
  rebuilt: Rebuilt | null
}

/**
 * A database that is made from something else and can be made again: one of another schema, or a damaged one, is deleted
 * and begun anew, never migrated. A commit survives the death of the process, not a power cut.
 */
export function openIndexFile(path: string, schema: string): IndexFile {
  try {
    const connection = openTuned(path)
    const version = versionOf(connection)
    if (version === versionNumber(schema)) return { connection, rebuilt: null }
    if (version === 0 && isEmpty(connection))
      return { connection: create(connection, schema), rebuilt: 'new' }
    connection.close()
    deleteIndexFile(path)
    return { connection: create(openTuned(path), schema), rebuilt: 'other-version' }
  } catch (error) {
    if (!isDamaged(error)) throw error
    deleteIndexFile(path)
    return { connection: create(openTuned(path), schema), rebuilt: 'damaged' }
  }
}

/** A connection that can only read; null where there is no index of this schema yet. */
export function openIndexForReading(path: string, schema: string): Connection | null {
  if (!existsSync(path)) return null
  const connection = openIndexReadOnly(path)
  connection.pragma('cache_size = -16384')
  if (versionOf(connection) === versionNumber(schema)) return connection
  connection.close()
  return null
}

export function deleteIndexFile(path: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true })
}

function openTuned(path: string): Connection {
  const connection = openIndex(path)
  connection.pragma('cache_size = -32768')
  connection.pragma('temp_store = MEMORY')
  return connection
}

function create(connection: Connection, schema: string): Connection {
  connection.transaction(() => {
    connection.exec(schema)
    connection.pragma(`user_version = ${versionNumber(schema)}`)
  })()
  return connection
}

/** Every change of the text is another version. */
const versionNumber = (schema: string): number => crc32(schema) >>> 1 || 1

const versionOf = (connection: Connection): number =>
  Number(connection.pragma('user_version', { simple: true }))

const isEmpty = (connection: Connection): boolean =>
  connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
