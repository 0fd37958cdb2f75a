import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DaemonFile, daemonFileSchema } from '../../core/contract/info.ts'

/** The folders of one run of the app: a person's data, and what Electron keeps beside them. */
export interface TemporaryHome {
  readonly dataDir: string
  readonly userData: string
  /** The running daemon, by its own file. Throws while there is none. */
  daemon(): DaemonFile
  /** Its process; null while there is none. */
  daemonPid(): number | null
  remove(): void
}

export function temporaryHome(): TemporaryHome {
  const folder = mkdtempSync(join(tmpdir(), 'homeport-e2e-'))
  const dataDir = join(folder, 'data')
  const file = join(dataDir, 'daemon.json')
  const daemon = (): DaemonFile => daemonFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  return {
    dataDir,
    userData: join(folder, 'electron'),
    daemon,
    daemonPid() {
      try {
        return daemon().pid
      } catch {
        return null
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
