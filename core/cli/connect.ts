import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { AppClient } from '../contract/app-client.ts'
import type { SequencedEvent } from '../contract/events.ts'
import type { DaemonFile } from '../contract/info.ts'
import type { LaunchConfig } from '../contract/settings.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { readDaemonFile } from '../store/daemon-file.ts'
import { acquireFolderLock } from '../store/folder-lock.ts'
import type { CliHost } from './cli-host.ts'
import { launchConfig } from './launch-flags.ts'
import { readVersion } from './version.ts'

/** The control API of one data folder, whoever answers it. */
export interface Connection extends AppClient {
  /** Resolves once events flow: none that comes later is missed. */
  subscribe(signal: AbortSignal): Promise<AsyncIterable<SequencedEvent>>
  /** The daemon that answers; null when this process does. */
  readonly daemon: DaemonFile | null
  close(): Promise<void>
}

/** How long another command may hold the folder, or a daemon take to start, before we give up. */
const PATIENCE_MS = 10_000

/** Runs `use` with the control API of the data folder, and closes it afterwards. */
export async function withConnection<T>(
  flags: { 'data-dir'?: string },
  host: CliHost,
  use: (connection: Connection) => Promise<T>
): Promise<T> {
  const connection = await connect(launchConfig(flags, host), host)
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}

/** The running daemon of this data folder; null when nobody has the folder. */
export async function connectToDaemon(dataDir: string): Promise<Connection | null> {
  const giveUpAt = Date.now() + PATIENCE_MS
  while (folderIsLocked(dataDir)) {
    const file = readDaemonFile(dataDir)
    const connection = file && (await connectOverHttp(file))
    if (connection) return connection
    if (Date.now() > giveUpAt)
      throw new HomeportError('unavailable', 'Another Homeport has this data folder and does not answer', {
        action: 'Stop it, or wait until it is done'
      })
    // it is starting, or it is a command like this one
    await delay(50)
  }
  return null
}

/** Only the lock tells: `daemon.json` may be left over, and its port another program's by now. */
function folderIsLocked(dataDir: string): boolean {
  if (!existsSync(join(dataDir, 'lock.db'))) return false
  try {
    acquireFolderLock(dataDir).release()
    return false
  } catch (error) {
    if (isFolderLocked(error)) return true
    throw error
  }
}

export const isFolderLocked = (error: unknown): boolean =>
  error instanceof HomeportError && error.code === 'folder-locked'

async function connect(config: LaunchConfig, host: CliHost): Promise<Connection> {
  for (;;) {
    const running = await connectToDaemon(config.dataDir)
    if (running) return running
    try {
      return await openInProcess(config, host)
    } catch (error) {
      // another took the folder in between: ask that one
      if (!isFolderLocked(error)) throw error
    }
  }
}

/** Null when nothing of ours answers there: the file is left over, or its daemon is only starting. */
async function connectOverHttp(file: DaemonFile): Promise<Connection | null> {
  const { createHttpClient } = await import('./http-client.ts')
  const client = createHttpClient(file)
  try {
    await client.invoke('GET /app/info')
  } catch (error) {
    client.close()
    if (error instanceof HomeportError && error.code === 'unavailable') return null
    throw error
  }
  return { ...client, daemon: file, close: async () => client.close() }
}

async function openInProcess(config: LaunchConfig, host: CliHost): Promise<Connection> {
  const { openDaemon } = await import('../daemon.ts')
  const daemon = await openDaemon({
    dataDir: config.dataDir,
    logLevel: config.logLevel,
    version: readVersion(),
    rendererDir: null,
    uiOrigins: [],
    spawnChild: host.spawnChild
  })
  return {
    invoke: (key, input, signal) => daemon.invoke(key, input, signal),
    events: (signal) => daemon.events(signal),
    subscribe: async (signal) => daemon.events(signal),
    daemon: null,
    close: () => daemon.close()
  }
}
