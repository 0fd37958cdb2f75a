// Compiles every part of the program with its own options, without output: `npm run typecheck`.
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..')
export const projects = ['.', 'core', 'main', 'preload', 'renderer', 'test']

/** Type-checks one project and gives the compiler's complaints; null when it has none. */
export function typecheck(project) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  // several checkers each look at what all files share: on few cores they take longer than one
  const args = [compiler, '--noEmit', '--checkers', '1', '-p', project]
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return result.status === 0 ? null : `${result.stdout}${result.stderr}`.trim()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const project of projects) {
    const complaints = typecheck(project)
    if (complaints === null) continue
    process.stdout.write(`${complaints}\n`)
    process.exitCode = 1
  }
}
