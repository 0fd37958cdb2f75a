import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** A file of the repository by its path from the root, with forward slashes. */
export interface SourceFile {
  path: string
  text: string
}

/** Tracked and new files alike; without a git checkout, all but what is installed or built. */
export function repositoryFiles(): string[] {
  try {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
    const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' })
    const gone = new Set(deleted.split('\0'))
    return [...new Set(listed.split('\0'))].filter((path) => path !== '' && !gone.has(path))
  } catch {
    return filesBelow('')
  }
}

const installedOrBuilt = new Set(['.git', 'node_modules', 'out', 'release', 'test-results'])
function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !installedOrBuilt.has(entry.name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      return entry.isDirectory() ? filesBelow(path) : [path]
    })
}

/** The program's own code, tests included. */
export function codeFiles(): SourceFile[] {
  return repositoryFiles()
    .filter((path) => /^(core|main|preload|renderer|test|resources)\/.*\.(ts|tsx|mjs)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Tests, and what only tests use. */
export const isTest = (path: string): boolean =>
  path.startsWith('test/') ||
  /\.(test|test-support)\.tsx?$/.test(path) ||
  /\/(__fixtures__|test-processes)\//.test(path)
