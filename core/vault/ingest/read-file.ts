import { hash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hasCode, isGone, type ScannedFile } from '../folder/scan.ts'

/** Larger files are not read: no note is, and what is would stop everything else. */
const MOST_BYTES = 20_000_000

export type FileContent =
  | { is: 'read'; bytes: Uint8Array; hash(): Uint8Array; modifiedAt: number; isChanging: boolean }
  | { is: 'gone' }
  | { is: 'unread'; status: 'failed' | 'skipped'; reason: string }

/** Reads a file as it is now. `isChanging`: somebody wrote to it meanwhile, so it has to be looked at again. */
export function readContent(folder: string, file: ScannedFile): FileContent {
  if (file.bytes > MOST_BYTES)
    return { is: 'unread', status: 'skipped', reason: `It is larger than ${MOST_BYTES / 1_000_000} MB.` }
  let handle: number | null = null
  try {
    // a link put in its place meanwhile is not followed
    handle = openSync(join(folder, file.diskPath), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    const before = fstatSync(handle)
    const bytes = readFileSync(handle)
    const after = fstatSync(handle)
    return {
      is: 'read',
      bytes,
      hash: () => hash('sha256', bytes, 'buffer'),
      modifiedAt: Math.floor(before.mtimeMs),
      isChanging: before.mtimeMs !== after.mtimeMs || bytes.length !== after.size
    }
  } catch (error) {
    if (isGone(error)) return { is: 'gone' }
    return { is: 'unread', status: 'failed', reason: reasonOf(error) }
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

function reasonOf(error: unknown): string {
  if (hasCode(error, 'EACCES') || hasCode(error, 'EPERM')) return 'Homeport is not allowed to read it.'
  if (hasCode(error, 'EBUSY')) return 'Another program keeps it locked.'
  if (hasCode(error, 'ELOOP')) return 'It is a link to another place.'
  if (hasCode(error, 'EMFILE') || hasCode(error, 'ENFILE')) return 'Too many files are open.'
  return 'It could not be read from the disk.'
}
