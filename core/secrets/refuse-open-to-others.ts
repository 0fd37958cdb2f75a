import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { HomeportError } from '../errors/homeport-error.ts'
import { openToOthers } from '../lib/private-file.ts'

/** Throws `not-allowed` for a file with secrets that other users of the machine can read or change. */
export function refuseOpenToOthers(path: string): void {
  if (existsSync(path) && openToOthers(path))
    throw new HomeportError('not-allowed', `Other users of this machine can open ${basename(path)}`, {
      action: 'Treat what it holds as known to them; then delete it, or make it private with chmod 600'
    })
}
