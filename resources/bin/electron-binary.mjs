// Finds the Electron binary, and fetches it once where that is possible.
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'

const LONGEST_FETCH_MS = 60_000
const FIRST_BYTE_MS = 5_000
const LONGEST_STALL_MS = 10_000
const REMEMBER_FAILURE_MS = 6 * 3_600_000

/** The binary of this checkout, or the one that HOMEPORT_ELECTRON points at; null when there is none. */
export function findElectron(root, env = process.env) {
  if (env.HOMEPORT_ELECTRON) return existsSync(env.HOMEPORT_ELECTRON) ? env.HOMEPORT_ELECTRON : null
  const folder = join(root, 'node_modules/electron')
  if (!existsSync(join(folder, 'path.txt'))) return null
  const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
  return existsSync(binary) ? binary : null
}

/**
 * Downloads the binary, for at most a minute and only as long as bytes arrive. A failure is remembered for some hours,
 * so that the next start does not wait for it again. Returns its path, or null.
 */
export async function fetchElectron(root, options = {}) {
  const { installer = join(root, 'node_modules/electron/install.js'), env = process.env } = options
  if (env.HOMEPORT_ELECTRON || !existsSync(installer) || failedLately(root)) return null
  const temporary = join(root, 'out')
  mkdirSync(temporary, { recursive: true })
  const downloads = mkdtempSync(join(temporary, '.electron-'))
  const installed = await runWhileGrowing(
    installer,
    [downloads, join(root, 'node_modules/electron/dist')],
    { ...env, TMPDIR: downloads, TEMP: downloads },
    options
  )
  rmSync(downloads, { recursive: true, force: true })
  const binary = installed ? findElectron(root, env) : null
  if (binary === null) writeFileSync(failureFile(root), '')
  return binary
}

const failureFile = (root) => join(root, 'out/.electron-unavailable')
function failedLately(root) {
  const stat = statSync(failureFile(root), { throwIfNoEntry: false })
  return stat !== undefined && Date.now() - stat.mtimeMs < REMEMBER_FAILURE_MS
}

/** Runs the installer and kills it once the folders it writes to stop growing. Resolves with whether it succeeded. */
function runWhileGrowing(installer, folders, env, options) {
  const { firstByteMs = FIRST_BYTE_MS, stallMs = LONGEST_STALL_MS, longestMs = LONGEST_FETCH_MS } = options
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { env, stdio: 'ignore' })
    const sizeAtStart = sizeOf(folders)
    const startedAt = Date.now()
    let size = sizeAtStart
    let grewAt = startedAt
    const watch = setInterval(() => {
      const now = Date.now()
      const sizeNow = sizeOf(folders)
      if (sizeNow !== size) grewAt = now
      size = sizeNow
      const patience = size === sizeAtStart ? firstByteMs : stallMs
      if (now - grewAt > patience || now - startedAt > longestMs) child.kill('SIGKILL')
    }, 250)
    const finish = (succeeded) => {
      clearInterval(watch)
      resolve(succeeded)
    }
    child.on('error', () => finish(false))
    child.on('exit', (code) => finish(code === 0))
  })
}

function sizeOf(folders) {
  let total = 0
  for (const folder of folders)
    for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
      total += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0
  return total
}
