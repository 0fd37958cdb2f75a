import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** One model on disk: a file, or the parts of a split one. */
export interface ModelFiles {
  /** The first part, which stands for the model. */
  path: string
  /** All parts, in order. */
  parts: string[]
  sizeBytes: number
  /** Milliseconds since 1970 of the newest part's last change, of its attributes, too: that time cannot be set. */
  modifiedAt: number
}

const MAX_FILES = 2_000
const MAX_FOLDERS = 2_000
/** How split models are named: `name-00001-of-00003.gguf`. */
const splitName = /^(?<stem>.*)-(?<part>\d{5})-of-(?<count>\d{5})\.gguf$/i

/** Whether a file name is that of a model: a GGUF file, and of a split one only the first part. */
export function isModelName(fileName: string): boolean {
  if (!/\.gguf$/i.test(fileName) || fileName.startsWith('.')) return false
  const part = splitName.exec(fileName)?.groups?.part
  return part === undefined || Number(part) === 1
}

/** A file name without what stands for the format and the part. */
export function stemOf(fileName: string): string {
  return splitName.exec(fileName)?.groups?.stem ?? fileName.replace(/\.gguf$/i, '')
}

/** Sizes and times of a model's files; null when one of them is not there or is no regular file. */
export async function statModel(path: string): Promise<ModelFiles | null> {
  const parts = partsOf(path)
  let sizeBytes = 0
  let modifiedAt = 0
  for (const part of parts) {
    const info = await stat(part).catch(() => null)
    if (info === null || !info.isFile()) return null
    sizeBytes += info.size
    modifiedAt = Math.max(modifiedAt, Math.floor(info.mtimeMs), Math.floor(info.ctimeMs))
  }
  return { path, parts, sizeBytes, modifiedAt }
}

function partsOf(path: string): string[] {
  const groups = splitName.exec(basename(path))?.groups
  const count = Math.min(Number(groups?.count ?? 1), 1000)
  if (groups === undefined || count < 1) return [path]
  return Array.from({ length: count }, (_, index) =>
    join(dirname(path), `${groups.stem}-${String(index + 1).padStart(5, '0')}-of-${groups.count}.gguf`)
  )
}

/**
 * The files in a folder whose names `isWanted` picks, and the folders that were looked into, down to `depth` folders
 * below it. Folders behind links are left out, so that there is no going in circles; hidden ones are, too. A folder that
 * cannot be read has none.
 */
export async function walkFolder(
  folder: string,
  depth: number,
  isWanted: (fileName: string) => boolean
): Promise<{ files: string[]; folders: string[] }> {
  const files: string[] = []
  const folders: string[] = []
  const waiting = [{ path: folder, depth }]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (folders.length >= MAX_FOLDERS || files.length >= MAX_FILES) break
    folders.push(next.path)
    const entries = await readdir(next.path, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = join(next.path, entry.name)
      if (entry.isDirectory()) {
        if (next.depth > 0 && !entry.name.startsWith('.')) waiting.push({ path, depth: next.depth - 1 })
      } else if (isWanted(entry.name)) files.push(path)
    }
  }
  return { files: files.sort().slice(0, MAX_FILES), folders }
}
