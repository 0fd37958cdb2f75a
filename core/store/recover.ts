import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync
} from 'node:fs'
import { basename, dirname } from 'node:path'
import { syncFolder } from '../lib/private-file.ts'
import { type Backup, isGood, listBackups } from './backup.ts'
import { databasePath, openReadable } from './connection.ts'
import { isDamaged } from './sqlite-failure.ts'
import type { DatabaseName } from './store.ts'

const markOf = (path: string): string => `${path}.suspect`
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Notes that a database was seen damaged while in use. The next start examines it, and restores a backup if it must. */
export function markSuspect(dataDir: string, database: DatabaseName): void {
  closeSync(openSync(markOf(databasePath(dataDir, database)), 'a', 0o600))
}

/** Whether the last owner of a database died with it open: a clean close empties and removes the write-ahead log. */
export function wasLeftOpen(dataDir: string, database: DatabaseName): boolean {
  return sizeOf(`${databasePath(dataDir, database)}-wal`) > 0
}

/**
 * Makes sure there is a database that opens, before anything is opened for good. A file that is not a database, or gone
 * while there are backups of it, is replaced by the newest good backup; a damaged file is never deleted but kept under
 * another name. Returns what the person has to know; null when all is well.
 */
export function recoverIfNeeded(dataDir: string, database: DatabaseName, now: number): string | null {
  const path = databasePath(dataDir, database)
  const state = examine(path)
  if (state === 'sound') {
    rmSync(markOf(path), { force: true })
    return null
  }
  const backup = listBackups(dataDir, database).find((candidate) => isGood(candidate.path))
  if (state === 'missing') {
    if (!backup) return null
    putInPlace(backup, path)
    return `${basename(path)} was missing. ${lossSince(backup, null)}`
  }
  if (state === 'damaged' && !backup)
    return `${basename(path)} is damaged in places and there is no backup to restore. Export what matters to you.`
  const lastChange = Math.max(
    ...[path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
  )
  const kept = setAside(path, now)
  if (!backup)
    return `${basename(path)} could not be read and there was no backup, so Homeport starts with an empty one. The unreadable file is kept as ${kept}.`
  putInPlace(backup, path)
  return `${basename(path)} was damaged. ${lossSince(backup, lastChange)} The damaged file is kept as ${kept}.`
}

/** `unreadable`: does not even open. `damaged`: opens, but was marked suspect and its pages do not hold together. */
function examine(path: string): 'sound' | 'missing' | 'unreadable' | 'damaged' {
  if (sizeOf(path) === 0 && sizeOf(`${path}-wal`) === 0) return 'missing'
  try {
    const connection = openReadable(path)
    try {
      connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    } finally {
      connection.close()
    }
  } catch (error) {
    if (isDamaged(error)) return 'unreadable'
    throw error
  }
  return existsSync(markOf(path)) && !isGood(path) ? 'damaged' : 'sound'
}

function setAside(path: string, now: number): string {
  const suffix = `.corrupt-${new Date(now).toISOString().replace(/[:.]/g, '-')}`
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(path + part)) renameSync(path + part, path + suffix + part)
  rmSync(markOf(path), { force: true })
  return basename(path) + suffix
}

function putInPlace(backup: Backup, path: string): void {
  const draft = `${path}.restoring`
  copyFileSync(backup.path, draft)
  const file = openSync(draft, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  // a log that belongs to another database would be replayed into this one
  for (const part of ['-wal', '-shm']) rmSync(path + part, { force: true })
  renameSync(draft, path)
  syncFolder(dirname(path))
}

const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

const lossSince = (backup: Backup, until: number | null): string =>
  `The backup of ${minuteOf(backup.takenAt)} was restored; what was saved after it${
    until !== null && until > backup.takenAt ? `, until ${minuteOf(until)},` : ''
  } is lost.`
