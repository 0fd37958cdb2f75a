import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import envPaths from 'env-paths'
import { DATA_FOLDER_NAME } from '../contract/settings.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { openToOthers } from '../lib/private-file.ts'

/** Where data lives unless the person says otherwise: `HOMEPORT_HOME`, or the operating system's usual place. */
export function defaultDataDir(env: Readonly<Record<string, string | undefined>>): string {
  return env.HOMEPORT_HOME ? resolve(env.HOMEPORT_HOME) : envPaths(DATA_FOLDER_NAME, { suffix: '' }).data
}

/** Throws `not-allowed` for an existing file with secrets that other users of the machine can read or change. */
export function refuseOpenToOthers(path: string): void {
  if (existsSync(path) && openToOthers(path))
    throw new HomeportError('not-allowed', `Other users of this machine can open ${basename(path)}`, {
      action: `Treat what it holds as known to them; then delete it, or make it private with chmod 600`
    })
}

/**
 * Makes the data folder ready: there, of this user, closed to all others (0700). Returns what the person should know.
 * Throws `not-allowed` for a folder that cannot be trusted: of another user, or one that others could have put files
 * into; and `unavailable` when it cannot be created.
 */
export function prepareDataFolder(dataDir: string): string[] {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new HomeportError('unavailable', 'The data folder cannot be created', {
      action: 'Choose another with --data-dir or HOMEPORT_HOME',
      cause: error
    })
  }
  if (process.platform === 'win32') return []
  const { uid, mode } = statSync(dataDir)
  if (uid !== process.getuid?.())
    throw new HomeportError('not-allowed', 'The data folder belongs to another user', {
      action: 'Choose another with --data-dir or HOMEPORT_HOME'
    })
  refuseOpenToOthers(join(dataDir, 'daemon.json'))
  if ((mode & 0o077) === 0) return []
  if ((mode & 0o022) !== 0 && readdirSync(dataDir).length > 0)
    throw new HomeportError('not-allowed', 'Other users of this machine can write into the data folder', {
      action: 'Check what is in it, then close it with chmod 700, or choose another with --data-dir'
    })
  chmodSync(dataDir, 0o700)
  return ['The data folder was open to other users of this machine. It is closed to them now.']
}
