import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Notice } from '../../core/contract/alerts.ts'
import type { DaemonLink, DaemonLinkEvents, ShellSettings } from './daemon-link.ts'
import type { RunningDaemon } from './running-daemon.ts'
import { DaemonSupervisor } from './supervisor.ts'

/** A world in memory, in which the test plays the daemon. */
class World {
  running: RunningDaemon = { kind: 'none' }
  agreesToReplace = true
  readonly links: {
    port: number
    kind: 'spawned' | 'attached'
    events: DaemonLinkEvents
    released: boolean
  }[] = []
  readonly states: string[] = []
  readonly settings: ShellSettings[] = []
  readonly notices: string[] = []
  readonly supervisor: DaemonSupervisor

  constructor() {
    const link = (kind: 'spawned' | 'attached', port: number, events: DaemonLinkEvents): DaemonLink => {
      const entry = { port, kind, events, released: false }
      this.links.push(entry)
      return {
        session: async () => `token-${this.links.length}`,
        release: async () => {
          entry.released = true
          events.gone('crashed')
        }
      }
    }
    this.supervisor = new DaemonSupervisor(7678, {
      findRunning: async () => this.running,
      attach: (file, events) => link('attached', file.port, events),
      spawn: (port, events) => link('spawned', port, events),
      confirmReplacement: async () => this.agreesToReplace,
      stopRunning: async () => {
        this.running = { kind: 'none' }
        return true
      },
      nextFreePort: async (taken) => taken + 2,
      changed: () => void this.supervisor?.connection().then((now) => this.states.push(now.state)),
      settings: (settings) => this.settings.push(settings),
      notice: (notice) => this.notices.push(notice.title)
    })
  }

  get last() {
    const link = this.links.at(-1)
    if (link === undefined) throw new Error('no daemon was started')
    return link
  }

  async start(): Promise<void> {
    this.supervisor.start()
    await vi.advanceTimersByTimeAsync(0)
  }

  async ready(port = 7678): Promise<void> {
    this.last.events.ready(port)
    await vi.advanceTimersByTimeAsync(0)
  }

  async crash(): Promise<void> {
    this.last.events.gone('crashed')
    await vi.advanceTimersByTimeAsync(20_000)
  }
}

const file = { pid: 4242, port: 7700, version: '0.1.0', controlToken: 'c' }
let world: World
beforeEach(() => {
  vi.useFakeTimers()
  world = new World()
})
afterEach(() => vi.useRealTimers())

describe('DaemonSupervisor', () => {
  it('says starting, then ready with the address and a token', async () => {
    await world.start()
    expect(await world.supervisor.connection()).toEqual({ state: 'starting' })
    await world.ready()
    const connection = { state: 'ready', baseUrl: 'http://127.0.0.1:7678', token: 'token-1' }
    expect(await world.supervisor.connection()).toEqual(connection)
    expect(world.states).toEqual(['starting', 'ready'])
  })

  it('starts a crashed daemon again, on the port it had', async () => {
    await world.start()
    await world.ready(7999)
    await world.crash()
    expect(world.links.map((link) => link.port)).toEqual([7678, 7999])
    await world.ready(7999)
    expect(await world.supervisor.connection()).toMatchObject({ state: 'ready', token: 'token-2' })
  })

  it('gives up after several crashes in a row, and tries again when asked', async () => {
    await world.start()
    for (let crash = 0; crash < 6; crash++) await world.crash()
    expect(await world.supervisor.connection()).toMatchObject({ state: 'failed', reason: 'crashed' })
    expect(world.links).toHaveLength(6)
    await world.supervisor.restart(null)
    await world.ready()
    expect(await world.supervisor.connection()).toMatchObject({ state: 'ready' })
  })

  it('offers a free port when its own is taken, and uses the one that was chosen', async () => {
    await world.start()
    world.last.events.failed({ reason: 'port-taken', message: 'Port 7678 is in use' })
    world.last.events.gone('crashed')
    await vi.advanceTimersByTimeAsync(0)
    const failed = {
      state: 'failed',
      reason: 'port-taken',
      message: 'Port 7678 is in use',
      suggestedPort: 7680
    }
    expect(await world.supervisor.connection()).toEqual(failed)
    await world.supervisor.restart(7680)
    expect(world.last.port).toBe(7680)
  })

  it('shows a failure to start that only a person can solve, without trying again', async () => {
    await world.start()
    world.last.events.failed({ reason: 'newer-data', message: 'The data is newer than this version' })
    await world.crash()
    expect(await world.supervisor.connection()).toMatchObject({ state: 'failed', reason: 'newer-data' })
    expect(world.links).toHaveLength(1)
  })

  it('waits for a locked folder, and joins the daemon that holds it', async () => {
    await world.start()
    world.last.events.failed({ reason: 'folder-locked', message: 'In use' })
    world.running = { kind: 'same', file }
    await world.crash()
    expect(world.last.kind).toBe('attached')
    await world.ready(7700)
    expect(await world.supervisor.connection()).toMatchObject({ baseUrl: 'http://127.0.0.1:7700' })
  })

  it('starts its own daemon when the one it had joined is gone', async () => {
    world.running = { kind: 'same', file }
    await world.start()
    await world.ready(7700)
    world.running = { kind: 'none' }
    await world.crash()
    expect(world.last).toMatchObject({ kind: 'spawned', port: 7700 })
  })

  it('replaces an older daemon when the person agrees', async () => {
    world.running = { kind: 'older', file }
    await world.start()
    expect(world.last.kind).toBe('spawned')
  })

  it('leaves an older daemon alone when the person declines, and a newer one always', async () => {
    world.running = { kind: 'older', file }
    world.agreesToReplace = false
    await world.start()
    expect(await world.supervisor.connection()).toMatchObject({ state: 'failed', reason: 'older-version' })
    world.running = { kind: 'newer', file }
    await world.supervisor.restart(null)
    expect(await world.supervisor.connection()).toMatchObject({ state: 'failed', reason: 'newer-version' })
    expect(world.links).toHaveLength(0)
  })

  it('does not start again a daemon that somebody told to stop, until asked', async () => {
    await world.start()
    await world.ready()
    world.last.events.gone('asked')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await world.supervisor.connection()).toMatchObject({ state: 'failed', reason: 'stopped' })
    expect(world.links).toHaveLength(1)
    await world.supervisor.restart(null)
    expect(world.links).toHaveLength(2)
  })

  it('does not start again what it stopped', async () => {
    await world.start()
    await world.ready()
    await world.supervisor.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(world.links).toHaveLength(1)
    expect(world.last.released).toBe(true)
  })

  it('passes on notices of the daemon that is there, not of one that was', async () => {
    await world.start()
    const before = world.last.events
    const notice: Notice = {
      id: 'notice-1',
      at: 1,
      ruleId: null,
      kind: 'cost',
      state: 'alert',
      title: 'Spent',
      text: '',
      traceId: null,
      readAt: null,
      steps: []
    }
    before.notice(notice)
    await world.supervisor.restart(null)
    before.notice({ ...notice, title: 'Late' })
    expect(world.notices).toEqual(['Spent'])
  })

  it('passes on the settings the shell acts on', async () => {
    await world.start()
    const settings = { appearance: 'dark', quickPromptShortcut: 'Alt+Space', paused: true } as const
    world.last.events.settings(settings)
    expect(world.settings).toEqual([settings])
  })
})
