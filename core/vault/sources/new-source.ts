import { realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, parse, relative } from 'node:path'
import type { AddSource } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { isVault } from '../folder/folder-rules.ts'
import type { SourceRecord } from './source-record.ts'

export interface NewSourceOptions {
  /** Sources there are. */
  known: readonly SourceRecord[]
  dataDir: string
  /** Milliseconds UTC. */
  now: number
}

/**
 * A source as it begins, all but its index. Throws `bad-request` where the folder cannot be one, `conflict` where it or the
 * id is taken.
 */
export async function newSource(
  { folder: given, id, name, excludes }: AddSource,
  { known, dataDir, now }: NewSourceOptions
): Promise<Omit<SourceRecord, 'indexFile' | 'nextFile'>> {
  const folder = await folderOf(given)
  if (parse(folder).root === folder)
    throw new HomeportError('bad-request', 'A whole drive cannot be a source', { action: 'Choose a folder' })
  const own = relative(await realpath(dataDir), folder)
  if (own === '' || (!own.startsWith('..') && !isAbsolute(own)))
    throw new HomeportError('bad-request', 'Homeport’s own data cannot be a source')
  const same = known.find((source) => source.folder === folder)
  if (same) throw new HomeportError('conflict', `This folder is the source “${same.name}” already`)
  const ids = new Set(known.map((source) => source.id))
  if (id !== undefined && ids.has(id))
    throw new HomeportError('conflict', `There is a source “${id}” already`, { action: 'Choose another id' })
  return {
    id: id ?? freeId(basename(folder), ids),
    name: name ?? basename(folder),
    kind: isVault(folder) ? 'vault' : 'folder',
    folder,
    excludes,
    paused: false,
    createdAt: now
  }
}

async function folderOf(given: string): Promise<string> {
  if (!isAbsolute(given))
    throw new HomeportError('bad-request', 'The folder has to be given as a full path', { param: 'folder' })
  try {
    const folder = await realpath(given)
    if ((await stat(folder)).isDirectory()) return folder
  } catch {
    throw new HomeportError('bad-request', 'There is no such folder', { param: 'folder' })
  }
  throw new HomeportError('bad-request', 'This is a file, not a folder', { param: 'folder' })
}

/** `My Notes (work)` is `my-notes-work`, or `my-notes-work-2`. */
function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 32)
    .replace(/-+$/, '')
  const base = plain === '' ? 'notes' : plain
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!taken.has(id)) return id
  }
}
