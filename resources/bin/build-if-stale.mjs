// Builds out/ when it does not match the sources. As a script (`npm run build`) it always builds.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root as checkout, suitableNode } from './pinned-node.mjs'

const sourceFolders = ['core', 'main', 'preload', 'renderer', 'resources']
const sourceFiles = ['electron.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
const outputs = [
  'out/main/cli.mjs',
  'out/main/main.mjs',
  'out/preload/preload.cjs',
  'out/renderer/index.html'
]

/** Not part of the build: tests, and the scripts that start it. */
const isSource = (path) => !/\.test\.tsx?$/.test(path) && !path.startsWith(join('resources', 'bin'))

function* filesUnder(folder) {
  const entries = readdirSync(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* filesUnder(path)
    else if (entry.isFile()) yield path
  }
}

/** A hash of everything the build reads. Contents, not times: a fresh clone or a switched branch tells nothing by times. */
export function sourceFingerprint(root) {
  const hash = createHash('sha256')
  const add = (path) =>
    hash.update(`${relative(root, path)}\0`).update(createHash('sha256').update(readFileSync(path)).digest())
  for (const folder of sourceFolders.map((name) => join(root, name)).filter((path) => existsSync(path)))
    for (const path of filesUnder(folder)) if (isSource(relative(root, path))) add(path)
  for (const name of sourceFiles) if (existsSync(join(root, name))) add(join(root, name))
  return hash.digest('hex')
}

const stampFile = (root) => join(root, 'out/.stamp')
const readStamp = (root) => (existsSync(stampFile(root)) ? readFileSync(stampFile(root), 'utf8') : null)

export function isStale(root) {
  return outputs.some((path) => !existsSync(join(root, path))) || readStamp(root) !== sourceFingerprint(root)
}

/** Builds, and shows the bundler's words only when it fails. Returns whether it worked. */
function build(root) {
  const fingerprint = sourceFingerprint(root)
  rmSync(stampFile(root), { force: true })
  const bundler = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  if (!existsSync(bundler)) {
    process.stderr.write('homeport: nothing is installed yet. Run: npm ci\n')
    return false
  }
  const result = spawnSync(
    suitableNode() ?? process.execPath,
    [bundler, 'build', '-c', 'electron.config.ts', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } }
  )
  const written = outputs.filter((path) => !existsSync(join(root, path)))
  if (result.status === 0 && written.length === 0) {
    writeFileSync(stampFile(root), fingerprint)
    return true
  }
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}homeport: the build failed, see above.\n`)
  return false
}

/**
 * Runs `work` while no other process of this checkout does: two commands typed at once must not build into one folder.
 * The lock names its holder, so that one left by a killed process is taken over.
 */
function withBuildLock(root, work) {
  const lock = join(root, 'out/.building')
  mkdirSync(join(root, 'out'), { recursive: true })
  while (!takeLock(lock)) {
    if (holderIsGone(lock)) rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function holderIsGone(lock) {
  const pid = existsSync(lock) ? Number.parseInt(readFileSync(lock, 'utf8'), 10) : Number.NaN
  if (Number.isNaN(pid)) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** Brings out/ up to date. Returns false, having said why, when that failed. */
export function buildIfStale(root, force = false) {
  if (!force && !isStale(root)) return true
  return withBuildLock(root, () => (!force && !isStale(root)) || build(root))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = buildIfStale(checkout, true) ? 0 : 1
