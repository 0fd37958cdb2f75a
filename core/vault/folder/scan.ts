import { type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { HomeportError } from '../../errors/homeport-error.ts'
import { type FolderRules, isWithinLeftOut } from './folder-rules.ts'

export interface ScannedFile {
  /** Within the folder, with `/` between folders, in Unicode's composed form. */
  path: string
  /** The same as the file system spells it. */
  diskPath: string
  bytes: number
  /** Milliseconds UTC. */
  modifiedAt: number
  createdAt: number | null
}

/** What was found where it was looked. */
export interface Scan {
  files: Map<string, ScannedFile>
  /** Links to files and folders elsewhere: known, not followed. */
  links: string[]
  /** Folders that could not be looked into: what is known of them may still be there. */
  unreadable: string[]
  /** Nothing at all stands in the folder, not even what is hidden. */
  isEmpty: boolean
}

/** Other work of the thread gets its turn so often. */
const SLICE_MS = 20
/** So many files are asked about at a time where each takes long, as on a network drive. */
const AT_ONCE = 64
const SLOW_MS = 0.5
/** Asked about one after another before their time is judged. */
const SAMPLE = 32

/** Looks through a whole folder. Throws `not-found` where it is not there, `not-allowed` where it cannot be read. */
export function scanFolder(folder: string, rules: FolderRules, signal: AbortSignal): Promise<Scan> {
  return scan(folder, [{ path: '', diskPath: '' }], rules, signal)
}

/**
 * Looks again at some paths as the file system spells them, and at all that stands in them where they are folders. Names
 * are taken from the listing of their folder: where case does not matter to the file system, a file has one name all the
 * same.
 */
export async function scanPaths(
  folder: string,
  diskPaths: readonly string[],
  rules: FolderRules,
  signal: AbortSignal
): Promise<Scan> {
  const result = emptyScan()
  const folders: FoundFile[] = []
  const files: FoundFile[] = []
  const listings = new Map<string, Map<string, Dirent>>()
  for (const asked of new Set(diskPaths)) {
    const parent = asked.slice(0, Math.max(asked.lastIndexOf('/'), 0))
    const listing = listings.get(parent) ?? namesIn(folder, parent)
    listings.set(parent, listing)
    const entry = listing.get(nameOf(asked).normalize('NFC'))
    if (!entry || isWithinLeftOut(rules, asked.normalize('NFC'))) continue
    const diskPath = parent === '' ? entry.name : `${parent}/${entry.name}`
    const found = { path: diskPath.normalize('NFC'), diskPath }
    if (!entry.isDirectory()) sortOut(entry, found, rules, { result, files })
    else if (!rules.leavesOutFolder(found.path)) folders.push(found)
  }
  await statAll(folder, files, result, signal)
  const inside = await scan(folder, folders, rules, signal)
  for (const [path, file] of inside.files) result.files.set(path, file)
  result.links.push(...inside.links)
  result.unreadable.push(...inside.unreadable)
  return result
}

interface FoundFile {
  path: string
  diskPath: string
}

const emptyScan = (): Scan => ({ files: new Map(), links: [], unreadable: [], isEmpty: false })

async function scan(
  folder: string,
  starts: readonly FoundFile[],
  rules: FolderRules,
  signal: AbortSignal
): Promise<Scan> {
  const result = emptyScan()
  const folders = [...starts]
  let files: FoundFile[] = []
  let sliceEnd = performance.now() + SLICE_MS
  for (let at = folders.pop(); at; at = folders.pop()) {
    const entries = entriesOf(folder, at, result)
    if (at.path === '') result.isEmpty = entries.length === 0
    for (const entry of entries) {
      const found = within(at, entry.name)
      if (!entry.isDirectory()) sortOut(entry, found, rules, { result, files })
      else if (!rules.leavesOutFolder(found.path)) folders.push(found)
    }
    if (files.length >= 1000 || performance.now() > sliceEnd) {
      await statAll(folder, files, result, signal)
      files = []
      await nextTurn()
      sliceEnd = performance.now() + SLICE_MS
    }
  }
  await statAll(folder, files, result, signal)
  return result
}

const outsideAscii = /[^\0-\x7f]/

/** What stands in a folder. Most names are the same in every form, and asking takes longer than seeing that. */
function within(at: FoundFile, name: string): FoundFile {
  const composed = outsideAscii.test(name) ? name.normalize('NFC') : name
  if (at.diskPath === '') return { path: composed, diskPath: name }
  return { path: `${at.path}/${composed}`, diskPath: `${at.diskPath}/${name}` }
}

function entriesOf(folder: string, at: FoundFile, result: Scan): Dirent[] {
  try {
    return readdirSync(join(folder, at.diskPath), { withFileTypes: true })
  } catch (error) {
    if (at.path === '') throw unreachable(error)
    if (!isGone(error)) result.unreadable.push(at.path)
    return []
  }
}

function namesIn(folder: string, parent: string): Map<string, Dirent> {
  try {
    const entries = readdirSync(join(folder, parent), { withFileTypes: true })
    return new Map(entries.map((entry) => [entry.name.normalize('NFC'), entry]))
  } catch (error) {
    if (parent === '') throw unreachable(error)
    return new Map()
  }
}

function sortOut(
  entry: Dirent,
  found: FoundFile,
  rules: FolderRules,
  { result, files }: { result: Scan; files: FoundFile[] }
): void {
  if (rules.leavesOutFile(found.path)) return
  if (entry.isSymbolicLink()) result.links.push(found.path)
  else if (entry.isFile()) files.push(found)
}

async function statAll(
  folder: string,
  files: readonly FoundFile[],
  { files: into }: Scan,
  signal: AbortSignal
): Promise<void> {
  const keep = ({ path, diskPath }: FoundFile, stats: Stats | undefined): void => {
    if (!stats?.isFile()) return
    // two spellings of one name: the composed one is it
    if (into.has(path) && diskPath !== path) return
    const { size, mtimeMs, birthtimeMs } = stats
    const createdAt = birthtimeMs > 0 ? Math.floor(birthtimeMs) : null
    into.set(path, { path, diskPath, bytes: size, modifiedAt: Math.floor(mtimeMs), createdAt })
  }
  const began = performance.now()
  let next = 0
  for (const file of files) {
    if (next === SAMPLE && (performance.now() - began) / SAMPLE > SLOW_MS) break
    keep(file, lstatSync(join(folder, file.diskPath), { throwIfNoEntry: false }))
    next += 1
  }
  for (; next < files.length; next += AT_ONCE) {
    signal.throwIfAborted()
    const some = files.slice(next, next + AT_ONCE)
    const stats = await Promise.all(
      some.map((file) => lstat(join(folder, file.diskPath)).catch(() => undefined))
    )
    some.forEach((file, index) => {
      keep(file, stats[index])
    })
  }
  signal.throwIfAborted()
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Lets messages and other work of the thread in. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const isGone = (error: unknown): boolean => hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

function unreachable(cause: unknown): HomeportError {
  if (isGone(cause))
    return new HomeportError('not-found', 'The folder is not there', {
      action: 'Connect its drive, or put the folder back where it was',
      cause
    })
  return new HomeportError('not-allowed', 'The folder cannot be read', {
    action: 'Allow Homeport to read it in the system’s settings',
    cause
  })
}
