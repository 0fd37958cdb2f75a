import { setTimeout as delay } from 'node:timers/promises'
import {
  type ChildName,
  type FromDaemon,
  type SpawnedChild,
  type ToDaemon,
  toDaemonSchema
} from '../contract/daemon-messages.ts'
import type { ErrorCode } from '../contract/errors.ts'
import type { Daemon, DaemonOptions } from '../contract/running-daemon.ts'
import { openDaemon } from '../daemon.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { readDaemonFile } from '../store/daemon-file.ts'
import { isFolderLocked } from './connect.ts'
import { readVersion } from './version.ts'

// The daemon as a utility process of the app. Its parent speaks core/contract/daemon-messages.ts.

interface ParentPort {
  postMessage(message: FromDaemon): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}
// Electron adds it to utility processes; Node's types do not know it
const { parentPort } = process as unknown as { parentPort?: ParentPort }
if (!parentPort) throw new Error('daemon-entry runs as a utility process; use `homeport serve` elsewhere')
const parent = parentPort

const PATIENCE_MS = 10_000

const children = new Map<number, (code: number) => void>()
let lastChildId = 0
let daemon: Daemon | null = null

/** Only the parent can start processes: RunAsNode is off in the app. */
function spawnThroughParent(name: ChildName, env: Record<string, string>): SpawnedChild {
  const childId = ++lastChildId
  const exited = Promise.withResolvers<number>()
  children.set(childId, exited.resolve)
  parent.postMessage({ type: 'spawn', childId, name, env })
  return {
    kill: () => parent.postMessage({ type: 'kill', childId }),
    onExit: (listener) => void exited.promise.then(listener)
  }
}

async function start(options: Extract<ToDaemon, { type: 'start' }>): Promise<void> {
  const { port, dataDir, logLevel, uiOrigins } = options
  const version = readVersion()
  try {
    const opened = await openPatiently({
      dataDir,
      logLevel,
      uiOrigins,
      version,
      rendererDir: null,
      spawnChild: spawnThroughParent
    })
    daemon = opened
    opened.onStopRequested(() => void stop())
    opened.onParentState((state) => parent.postMessage({ type: 'settings', ...state }))
    opened.onNotice((notice) => parent.postMessage({ type: 'notice', notice }))
    const actualPort = await opened.listen(port)
    parent.postMessage({ type: 'settings', ...opened.parentState() })
    parent.postMessage({ type: 'ready', port: actualPort, version, pid: process.pid })
  } catch (error) {
    parent.postMessage({ type: 'failed', ...describe(error), port })
    await stop()
  }
}

/** A command that opened the folder itself is done in a moment; a daemon that has it stays, and its file says so. */
async function openPatiently(options: DaemonOptions): Promise<Daemon> {
  const giveUpAt = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await openDaemon(options)
    } catch (error) {
      const willPass = isFolderLocked(error) && readDaemonFile(options.dataDir) === null
      if (!willPass || Date.now() > giveUpAt) throw error
      await delay(100)
    }
  }
}

type Failure = Extract<FromDaemon, { type: 'failed' }>

const reasons: Partial<Record<ErrorCode, Failure['reason']>> = {
  'port-taken': 'port-taken',
  'newer-data': 'newer-data',
  'folder-locked': 'folder-locked',
  'not-allowed': 'unsafe-folder'
}

function describe(error: unknown): Pick<Failure, 'reason' | 'message'> {
  if (!(error instanceof HomeportError))
    return { reason: 'other', message: 'Homeport could not start. The log has the details.' }
  return {
    reason: reasons[error.code] ?? 'other',
    message: error.action ? `${error.message} ${error.action}` : error.message
  }
}

async function stop(): Promise<void> {
  await daemon?.close()
  process.exit(0)
}

parent.on('message', ({ data }) => {
  const parsed = toDaemonSchema.safeParse(data)
  if (!parsed.success) return
  const message = parsed.data
  switch (message.type) {
    case 'start':
      void start(message)
      break
    case 'session':
      if (daemon)
        parent.postMessage({ type: 'session', requestId: message.requestId, token: daemon.createSession() })
      break
    case 'child-exited':
      children.get(message.childId)?.(message.code)
      children.delete(message.childId)
      break
    case 'stop':
      void stop()
      break
  }
})
