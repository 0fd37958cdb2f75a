import type { KnownFile } from '../../retrieval/knowledge-index.ts'
import type { Scan, ScannedFile } from './scan.ts'

/** What differs between a folder and its index. */
export interface Changes {
  toRead: ScannedFile[]
  gone: KnownFile[]
  /** Of `toRead`, those that nothing is known of. */
  unknown: ScannedFile[]
  /** Links to elsewhere that are not in the list yet. */
  newLinks: string[]
  newUnreadable: string[]
}

/**
 * Compares what was found with what is known. After a look at all of the folder (`looked` is null) a file with the same
 * time and size is unchanged; after a look at some paths, which something was said to have happened to, it is read.
 */
export function changesOf(
  known: ReadonlyMap<string, KnownFile>,
  scan: Scan,
  looked: readonly string[] | null
): Changes {
  const changes: Changes = { toRead: [], gone: [], unknown: [], newLinks: [], newUnreadable: [] }
  for (const file of scan.files.values()) {
    const before = known.get(file.path)
    if (before && looked === null && isUnchanged(before, file)) continue
    changes.toRead.push(file)
    if (!before) changes.unknown.push(file)
  }
  const links = new Set(scan.links)
  changes.newLinks.push(...scan.links.filter((path) => !known.has(path)))
  changes.newUnreadable.push(...scan.unreadable.filter((path) => !known.has(path)))
  const unreadable = new Set(scan.unreadable)
  const isStill = (path: string): boolean =>
    scan.files.has(path) || links.has(path) || isWithin(unreadable, path)
  const lookedAt = looked && new Set(looked)
  for (const file of known.values())
    if ((lookedAt === null || isWithin(lookedAt, file.path)) && !isStill(file.path)) changes.gone.push(file)
  return changes
}

/** What failed may have been out of reach for a while only. */
const isUnchanged = (before: KnownFile, now: ScannedFile): boolean =>
  before.modifiedAt === now.modifiedAt &&
  before.bytes === now.bytes &&
  before.status !== 'pending' &&
  before.status !== 'failed'

/** Whether a path is one of these, or stands in one. */
function isWithin(paths: ReadonlySet<string>, path: string): boolean {
  if (paths.size === 0) return false
  if (paths.has(path)) return true
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    if (paths.has(path.slice(0, cut))) return true
  return false
}
