import { link, lstat, mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HomeportError } from '../../errors/homeport-error.ts'

/** Left free for the system and for what else Homeport writes. */
const MARGIN_BYTES = 512 << 20

/** Bytes that this user can still write to the volume of a folder. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Throws `unavailable` when `neededBytes` would fill the volume but for a margin. */
export function requireSpace(freeBytes: number, neededBytes: number): void {
  if (freeBytes >= neededBytes + MARGIN_BYTES) return
  throw diskFull(
    `There is too little room on the disk. It needs ${sizeText(neededBytes)}, and ${sizeText(Math.max(freeBytes - MARGIN_BYTES, 0))} can be used.`
  )
}

/** In words what the file system refused; other errors as they are. */
export function diskProblem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull('The disk is full.', error)
  if (code === 'EFBIG') {
    return new HomeportError('unavailable', 'The disk cannot hold a file this large.', {
      action: 'FAT32 ends at 4 GB: keep models on a disk with another file system.',
      cause: error
    })
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new HomeportError('unavailable', 'The models folder cannot be written to.', {
      action: 'Check who may write to it.',
      cause: error
    })
  }
  return error
}

/** Moves a file to its place, whole or not at all. Throws `conflict` when something is there. */
export async function moveIntoPlace(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  try {
    // unlike renaming, it never replaces what is there
    await link(from, to)
  } catch {
    if (await exists(to)) throw alreadyThere()
    // a file system without links
    await rename(from, to)
  }
  await rm(from, { force: true })
  await syncFolder(dirname(to))
}

export const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false
  )

export const alreadyThere = (): HomeportError =>
  new HomeportError('conflict', 'A model of this name is in the models folder already.', {
    action: 'Delete or rename it first.'
  })

/** Its entries survive a power cut. Windows has no such call, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function diskFull(message: string, cause?: unknown): HomeportError {
  return new HomeportError('unavailable', `${message}`, {
    action: 'Make room, then go on with the download.',
    ...(cause !== undefined && { cause })
  })
}

const sizeText = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
