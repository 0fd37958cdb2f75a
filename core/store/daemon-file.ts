import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DaemonFile, daemonFileSchema } from '../contract/info.ts'
import { replacePrivateFile } from '../lib/private-file.ts'
import { refuseOpenToOthers } from './data-folder.ts'

const pathIn = (dataDir: string): string => join(dataDir, 'daemon.json')

/** Tells programs of the same person where this daemon listens, and gives them the control token. */
export function writeDaemonFile(dataDir: string, file: DaemonFile): void {
  replacePrivateFile(pathIn(dataDir), JSON.stringify(file))
}

/**
 * Where the daemon of this folder listens; null when there is none. It may be left over from one that died: only the
 * folder's lock says whether it lives. Throws `not-allowed` when other users can read the file, because then they can
 * have the token, or have written it.
 */
export function readDaemonFile(dataDir: string): DaemonFile | null {
  const path = pathIn(dataDir)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  refuseOpenToOthers(path)
  try {
    return daemonFileSchema.parse(JSON.parse(text))
  } catch {
    // written by something else: as good as none
    return null
  }
}

export function removeDaemonFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}
