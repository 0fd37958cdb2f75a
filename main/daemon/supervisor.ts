import type { Notice } from '../../core/contract/alerts.ts'
import type { BridgeResponse } from '../../core/contract/bridge.ts'
import type { DaemonFile } from '../../core/contract/info.ts'
import { baseUrlOf, callDaemon } from './control-client.ts'
import type { DaemonLink, DaemonLinkEvents, ShellSettings, StartFailure } from './daemon-link.ts'
import { RestartPolicy } from './restart-policy.ts'
import type { RunningDaemon } from './running-daemon.ts'

/** What the supervisor needs of the world around it. */
export interface SupervisorParts {
  findRunning(): Promise<RunningDaemon>
  attach(file: DaemonFile, events: DaemonLinkEvents): DaemonLink
  spawn(port: number, events: DaemonLinkEvents): DaemonLink
  /** Asks the person whether a running daemon of an older version may be stopped. */
  confirmReplacement(version: string): Promise<boolean>
  stopRunning(file: DaemonFile): Promise<boolean>
  nextFreePort(taken: number): Promise<number | null>
  /** It came up, went down or came back. */
  changed(): void
  settings(settings: ShellSettings): void
  notice(notice: Notice): void
}

/** Whether there is a daemon to talk to; when there is none, why. */
export type DaemonState =
  | { state: 'starting' }
  | { state: 'ready' }
  | Extract<BridgeResponse<'daemon:connect'>, { state: 'failed' }>

/** Keeps one daemon available: joins the one that runs or starts its own, and starts it again when it crashes. */
export class DaemonSupervisor {
  readonly #parts: SupervisorParts
  readonly #policy = new RestartPolicy()
  #port: number
  #state: DaemonState = { state: 'starting' }
  #link: DaemonLink | null = null
  #failure: StartFailure | null = null
  #restartTimer: NodeJS.Timeout | undefined
  /** Counts the starts the person or the quit asked for; what an earlier one still does is ignored. */
  #epoch = 0

  constructor(port: number, parts: SupervisorParts) {
    this.#port = port
    this.#parts = parts
  }

  /** Where the daemon listens, or will. */
  get port(): number {
    return this.#port
  }

  get state(): DaemonState {
    return this.#state
  }

  start(): void {
    void this.#connect(this.#epoch)
  }

  /** What a page needs to reach the daemon, or why it cannot. */
  async connection(): Promise<BridgeResponse<'daemon:connect'>> {
    if (this.#state.state !== 'ready' || this.#link === null) {
      return this.#state.state === 'ready' ? { state: 'starting' } : this.#state
    }
    try {
      return { state: 'ready', baseUrl: baseUrlOf(this.#port), token: await this.#link.session() }
    } catch {
      return { state: 'starting' } // it has just gone; its end is told by `gone`
    }
  }

  /** Starts again as the person asked, on another port if one is given. */
  async restart(port: number | null): Promise<void> {
    const epoch = await this.#letGo()
    if (port !== null) this.#port = port
    this.#policy.reset()
    await this.#connect(epoch)
  }

  /** Resolves when no process of ours is left. */
  async stop(): Promise<void> {
    await this.#letGo()
  }

  async setPaused(paused: boolean): Promise<void> {
    const connection = await this.connection()
    if (connection.state === 'ready') await callDaemon(connection, 'POST /app/gateway', { paused })
  }

  async #letGo(): Promise<number> {
    const epoch = ++this.#epoch
    clearTimeout(this.#restartTimer)
    const link = this.#link
    this.#link = null
    await link?.release()
    return epoch
  }

  async #connect(epoch: number): Promise<void> {
    this.#show({ state: 'starting' })
    const running = await this.#parts.findRunning()
    if (epoch !== this.#epoch) return
    if (running.kind === 'same') {
      this.#port = running.file.port
      this.#link = this.#parts.attach(running.file, this.#eventsOf(epoch))
    } else if (await this.#mayStart(running)) {
      if (epoch === this.#epoch) this.#link = this.#parts.spawn(this.#port, this.#eventsOf(epoch))
    }
  }

  /** Whether the data folder is free for a daemon of ours. Shows why, if it is not. */
  async #mayStart(running: RunningDaemon): Promise<boolean> {
    if (running.kind === 'none' || running.kind === 'same') return true
    const { version } = running.file
    if (running.kind === 'newer') {
      this.#fail(
        'newer-version',
        `Homeport ${version} is running, which is newer than this one. Open that one.`
      )
      return false
    }
    if (!(await this.#parts.confirmReplacement(version))) {
      this.#fail('older-version', `Homeport ${version} is still running. Stop it to use this version.`)
      return false
    }
    if (await this.#parts.stopRunning(running.file)) return true
    this.#fail('older-version', `Homeport ${version} did not stop. End it by hand, then try again.`)
    return false
  }

  #eventsOf(epoch: number): DaemonLinkEvents {
    const ifCurrent =
      <A extends unknown[]>(act: (...args: A) => void) =>
      (...args: A) => {
        if (epoch === this.#epoch) act(...args)
      }
    return {
      ready: ifCurrent((port) => {
        this.#port = port // programs keep their address when the daemon is started again
        this.#failure = null
        this.#policy.becameReady(performance.now())
        this.#show({ state: 'ready' })
      }),
      failed: ifCurrent((failure) => {
        this.#failure = failure
      }),
      settings: ifCurrent((settings) => this.#parts.settings(settings)),
      notice: ifCurrent((notice) => this.#parts.notice(notice)),
      gone: ifCurrent((how) => void this.#recover(epoch, how))
    }
  }

  /** Starts the daemon again after a wait, or shows what the person has to decide. */
  async #recover(epoch: number, how: 'asked' | 'crashed'): Promise<void> {
    const failure = this.#failure
    this.#failure = null
    this.#link = null
    if (failure?.reason === 'port-taken') {
      const suggested = await this.#parts.nextFreePort(this.#port)
      if (epoch === this.#epoch) this.#fail(failure.reason, failure.message, suggested)
      return
    }
    // a locked folder may be a command that is about to finish: worth another look
    if (failure !== null && failure.reason !== 'folder-locked')
      return this.#fail(failure.reason, failure.message)
    if (failure === null && how === 'asked') {
      this.#fail('stopped', 'Another program told the service of Homeport to stop.')
      return
    }
    const delay = this.#policy.nextDelay(performance.now())
    if (delay === null) {
      const crashed =
        'The service of Homeport stopped several times in a row. `homeport doctor` may tell why.'
      return this.#fail(failure?.reason ?? 'crashed', failure?.message ?? crashed)
    }
    this.#show({ state: 'starting' })
    this.#restartTimer = setTimeout(() => void this.#connect(epoch), delay)
  }

  #fail(reason: string, message: string, suggestedPort: number | null = null): void {
    this.#show({ state: 'failed', reason, message, suggestedPort })
  }

  #show(state: DaemonState): void {
    this.#state = state
    this.#parts.changed()
  }
}
