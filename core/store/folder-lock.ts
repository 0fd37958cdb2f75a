import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { HomeportError } from '../errors/homeport-error.ts'
import { sqliteCode, storeFailure } from './sqlite-failure.ts'

/** Somebody who only looks whether the folder is taken holds it for an instant. */
const WAIT_MS = 200

/** A connection that nothing refers to is closed when memory is tidied, and its lock would go with it. */
const held = new Set<Database.Database>()

export interface FolderLock {
  release(): void
}

/**
 * Makes this process the only owner of a data folder, by a transaction on `lock.db` that stays open. The operating
 * system ends it with the process, however that dies, so a lock is never stale. Throws `folder-locked` when another process
 * has it.
 */
export function acquireFolderLock(dataDir: string): FolderLock {
  const path = join(dataDir, 'lock.db')
  let connection: Database.Database | undefined
  try {
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    connection = new Database(path, { timeout: WAIT_MS })
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection?.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY'))
      throw new HomeportError('folder-locked', 'Homeport is already running with this data folder', {
        action: 'Use the one that is running, or stop it first',
        cause: error
      })
    throw storeFailure(error)
  }
  const owner = connection
  held.add(owner)
  return {
    release() {
      held.delete(owner)
      owner.close()
    }
  }
}
