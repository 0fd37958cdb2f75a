import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { syncFolder } from '../lib/private-file.ts'
import type { Connection } from './connection.ts'
import type { DatabaseName } from './store.ts'

const KEPT_PER_DATABASE = 5

export interface Backup {
  path: string
  takenAt: number
}

const backupsFolder = (dataDir: string): string => join(dataDir, 'backups')

/** `homeport-2026-11-21T08-30-00-000Z.db`: a time that every file system can have in a name. */
const backupName = (database: DatabaseName, at: number): string =>
  `${database}-${new Date(at).toISOString().replace(/[:.]/g, '-')}.db`

function takenAt(database: DatabaseName, name: string): number | null {
  const match = /^([a-z]+)-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.db$/.exec(name)
  if (!match || match[1] !== database) return null
  const [, , day, hour, minute, second, ms] = match
  return Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`)
}

/** Backups of a database, newest first. */
export function listBackups(dataDir: string, database: DatabaseName): Backup[] {
  const folder = backupsFolder(dataDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const at = takenAt(database, name)
      return at === null ? [] : [{ path: join(folder, name), takenAt: at }]
    })
    .sort((a, b) => b.takenAt - a.takenAt)
}

/**
 * Copies a database as it stands at this moment, beside any readers and writers, and removes the oldest copies above
 * five. A copy bears its name only once it is whole and on the disk.
 */
export function takeBackup(
  connection: Connection,
  dataDir: string,
  database: DatabaseName,
  now: number = Date.now()
): Backup {
  const folder = backupsFolder(dataDir)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, backupName(database, now))
  const draft = `${path}.tmp`
  rmSync(draft, { force: true })
  try {
    closeSync(openSync(draft, 'wx', 0o600))
    connection.prepare('VACUUM INTO ?').run(draft)
    // VACUUM INTO leaves its file to the operating system's own time
    const file = openSync(draft, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
    syncFolder(folder)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  for (const old of listBackups(dataDir, database).slice(KEPT_PER_DATABASE)) rmSync(old.path, { force: true })
  return { path, takenAt: now }
}

/** Whether a copy opens and its pages and indexes hold together. */
export function isGood(path: string): boolean {
  try {
    const connection = new Database(path, { readonly: true, fileMustExist: true })
    try {
      return connection.pragma('quick_check', { simple: true }) === 'ok'
    } finally {
      connection.close()
    }
  } catch {
    return false
  }
}
