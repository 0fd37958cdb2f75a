import { type ChildProcess, fork as forkProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Notice } from '../../core/contract/alerts.ts'
import type { DaemonLinkEvents, ShellSettings, StartFailure } from './daemon-link.ts'
import type { Fork, ForkedProcess } from './forked-process.ts'
import { SpawnedDaemon, type StartOptions } from './spawned-daemon.ts'

const folder = mkdtempSync(join(tmpdir(), 'homeport-spawn-'))
const notice: Notice = {
  id: 'notice-1',
  at: 1,
  ruleId: 'built-in-errors',
  kind: 'error-rate',
  state: 'alert',
  title: 'Failing calls: 20 % fail',
  text: 'More than 10 % of at least 10 calls in 15 minutes.',
  traceId: 'a'.repeat(32),
  readAt: null,
  steps: [{ kind: 'open-provider', providerId: 'openai', label: 'Look at openai' }]
}
/** A daemon's side of the messages, in a process of its own. What it does is chosen by the data folder's name. */
const daemonScript = `
const say = (message) => process.send(message)
const behaviour = {
  serves: ({ port }) => say({ type: 'ready', port, version: '0.1.0', pid: process.pid }),
  fails: ({ port }) => { say({ type: 'failed', reason: 'port-taken', message: 'Taken', port }); process.exit(0) },
  crashes: () => process.exit(3),
  babbles: () => { say({ type: 'nonsense' }); say('text'); behaviour.serves({ port: 1 }) },
  hangs: (start) => { process.on('SIGTERM', () => {}); process.on('disconnect', () => {}); behaviour.serves(start); setInterval(() => {}, 1000) },
  warns: (start) => { say({ type: 'notice', notice: ${JSON.stringify(notice)} }); behaviour.serves(start) },
  engine: (start) => { say({ type: 'spawn', childId: 7, name: 'inference', env: { HOMEPORT_SOCKET: '/s' } }); behaviour.serves(start) }
}
let hangs = false
process.on('message', (message) => {
  if (message.type === 'start') { hangs = message.dataDir === 'hangs'; behaviour[message.dataDir](message) }
  if (message.type === 'session') say({ type: 'session', requestId: message.requestId, token: 'token-' + message.requestId })
  if (message.type === 'child-exited') say({ type: 'settings', appearance: 'dark', quickPromptShortcut: 'exited ' + message.childId, paused: false })
  if (message.type === 'stop' && !hangs) process.exit(0)
})`
/** A child that stays until it is told to end. */
const engineScript = `process.on('message', () => {}); setInterval(() => {}, 1000)`

/** A process of plain Node in the place of a utility process. */
class NodeProcess extends EventEmitter implements ForkedProcess {
  readonly #child: ChildProcess
  constructor(entry: string, env: Record<string, string> | undefined) {
    super()
    this.#child = forkProcess(join(folder, `${entry}.mjs`), [], env === undefined ? {} : { env })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.on('exit', (code) => this.emit('exit', code ?? 1))
  }
  get pid(): number | undefined {
    return this.#child.pid
  }
  postMessage(message: object): void {
    this.#child.send(message)
  }
  kill(): boolean {
    return this.#child.kill()
  }
}

const started: { entry: string; env: Record<string, string> | undefined; process: ForkedProcess }[] = []
const fork: Fork = (entry, env) => {
  const process = new NodeProcess(entry, env)
  started.push({ entry, env, process })
  return process
}

beforeAll(() => {
  writeFileSync(join(folder, 'daemon.mjs'), daemonScript)
  writeFileSync(join(folder, 'inference.worker.mjs'), engineScript)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Told =
  | ['ready', number]
  | ['notice', Notice]
  | ['failed', StartFailure]
  | ['settings', ShellSettings]
  | ['gone', string]

/** Starts a daemon and lets the test wait for what it tells. */
function start(behaviour: string) {
  const told: Told[] = []
  const waiting = new Map<Told[0], () => void>()
  const tell = (news: Told) => {
    told.push(news)
    waiting.get(news[0])?.()
  }
  const events: DaemonLinkEvents = {
    ready: (port) => tell(['ready', port]),
    failed: (failure) => tell(['failed', failure]),
    settings: (settings) => tell(['settings', settings]),
    notice: (given) => tell(['notice', given]),
    gone: (how) => tell(['gone', how])
  }
  const options: StartOptions = { port: 7678, dataDir: behaviour, logLevel: 'info', uiOrigins: [] }
  const daemon = new SpawnedDaemon(fork, options, events, {
    stopDeadlineMs: behaviour === 'hangs' ? 100 : 5000
  })
  const until = (kind: Told[0]) =>
    new Promise<void>((resolve) => {
      if (told.some(([present]) => present === kind)) resolve()
      else waiting.set(kind, resolve)
    })
  return { daemon, told, until }
}

const isAlive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('SpawnedDaemon', () => {
  it('tells when the daemon listens, mints sessions, and stops it', async () => {
    const { daemon, told, until } = start('serves')
    await until('ready')
    expect(await Promise.all([daemon.session(), daemon.session()])).toEqual(['token-1', 'token-2'])
    await daemon.release()
    expect(told).toEqual([
      ['ready', 7678],
      ['gone', 'asked']
    ])
    await expect(daemon.session()).rejects.toThrow(/starting again/)
  })

  it('tells why a start failed', async () => {
    const { told, until } = start('fails')
    await until('gone')
    expect(told[0]).toEqual(['failed', { reason: 'port-taken', message: 'Taken' }])
  })

  it('tells a crash from a stop, and rejects who waits for a session', async () => {
    const { daemon, told, until } = start('crashes')
    const session = expect(daemon.session()).rejects.toThrow(/starting again/)
    await until('gone')
    await session
    expect(told).toEqual([['gone', 'crashed']])
  })

  it('ignores what is no message of the contract', async () => {
    const { daemon, told, until } = start('babbles')
    await until('ready')
    expect(told).toEqual([['ready', 1]])
    await daemon.release()
  })

  it('passes on what an alert told', async () => {
    const { daemon, told, until } = start('warns')
    await until('ready')
    expect(told[0]).toEqual(['notice', notice])
    await daemon.release()
  })

  it('ends a daemon that does not stop when asked', async () => {
    const { daemon, told, until } = start('hangs')
    await until('ready')
    const pid = started.at(-1)?.process.pid
    await daemon.release()
    expect(told.at(-1)).toEqual(['gone', 'crashed'])
    expect(isAlive(pid)).toBe(false)
  })

  it('starts the engine with a bare environment, tells its end, and takes it along', async () => {
    process.env.SECRET_OF_A_PERSON = 'x'
    const { daemon, told, until } = start('engine')
    await until('ready')
    const engine = started.at(-1)
    expect(engine).toMatchObject({ entry: 'inference.worker', env: { HOMEPORT_SOCKET: '/s' } })
    expect(engine?.env).not.toHaveProperty('SECRET_OF_A_PERSON')
    engine?.process.kill()
    await until('settings')
    expect(told.at(-1)?.[1]).toMatchObject({ quickPromptShortcut: 'exited 7' })
    await daemon.release()

    const second = start('engine')
    await second.until('ready')
    const pid = started.at(-1)?.process.pid
    expect(isAlive(pid)).toBe(true)
    await second.daemon.release()
    expect(isAlive(pid)).toBe(false)
  })
})
