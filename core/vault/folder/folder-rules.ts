import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ignore from 'ignore'
import { readIgnoreFilters } from '../obsidian/ignore-filters.ts'

/** Says what of a folder is left out, by path alone: with `/` between folders, in composed form. */
export interface FolderRules {
  leavesOutFile(path: string): boolean
  /** Nothing in it is looked at. */
  leavesOutFolder(path: string): boolean
}

export interface FolderRulesOptions {
  folder: string
  /** Patterns as in a `.gitignore`. */
  excludes: readonly string[]
  /** Our own data, should it stand within the folder. */
  dataDir: string
}

/** Made by tools, by the thousand, and nothing that a person wrote. */
const toolFolders = new Set(['node_modules', '__pycache__'])

/** Hidden files and folders, Obsidian's excluded files and our own excludes are left out. */
export function folderRules({ folder, excludes, dataDir }: FolderRulesOptions): FolderRules {
  const filters = readIgnoreFilters(folder)
  const patterns = excludes.length > 0 ? ignore().add([...excludes]) : null
  const own = relative(folder, dataDir).split(sep).join('/')
  return {
    leavesOutFile: (path) =>
      nameOf(path).startsWith('.') ||
      filters.some((matches) => matches(path)) ||
      (patterns?.ignores(path) ?? false),
    leavesOutFolder(path) {
      const name = nameOf(path)
      if (name.startsWith('.') || toolFolders.has(name) || path === own) return true
      return patterns?.ignores(`${path}/`) ?? false
    }
  }
}

/** Whether one of the folders above a path is left out. */
export function isWithinLeftOut(rules: FolderRules, path: string): boolean {
  const parts = path.split('/')
  return parts.some((_, index) => index > 0 && rules.leavesOutFolder(parts.slice(0, index).join('/')))
}

export const isVault = (folder: string): boolean => existsSync(join(folder, '.obsidian'))

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
