import {
  type ChildName,
  type FromDaemon,
  fromDaemonSchema,
  type ToDaemon
} from '../../core/contract/daemon-messages.ts'
import { HomeportError } from '../../core/errors/homeport-error.ts'
import { childEnvironment } from './child-environment.ts'
import type { DaemonLink, DaemonLinkEvents } from './daemon-link.ts'
import { entryOfChild, type Fork } from './forked-process.ts'
import { OwnedProcess } from './owned-process.ts'

export type StartOptions = Omit<Extract<ToDaemon, { type: 'start' }>, 'type'>

export interface Deadlines {
  /** A graceful stop writes what is queued; after this many milliseconds the process is killed. */
  stopDeadlineMs: number
}

/** A daemon in a process of ours, and the children it asked for. */
export class SpawnedDaemon implements DaemonLink {
  readonly #process: OwnedProcess
  readonly #fork: Fork
  readonly #events: DaemonLinkEvents
  readonly #deadlines: Deadlines
  readonly #children = new Map<number, OwnedProcess>()
  readonly #sessions = new Map<number, PromiseWithResolvers<string>>()
  #lastRequest = 0
  #isGone = false

  constructor(
    fork: Fork,
    options: StartOptions,
    events: DaemonLinkEvents,
    deadlines: Deadlines = { stopDeadlineMs: 8000 }
  ) {
    this.#deadlines = deadlines
    this.#fork = fork
    this.#events = events
    this.#process = new OwnedProcess(fork('daemon'))
    this.#process.onMessage((message) => {
      const parsed = fromDaemonSchema.safeParse(message)
      if (parsed.success) this.#receive(parsed.data)
    })
    void this.#process.exited.then((code) => this.#onExit(code))
    this.#send({ type: 'start', ...options })
  }

  session(): Promise<string> {
    if (this.#isGone) return Promise.reject(daemonGone())
    const requestId = ++this.#lastRequest
    const answer = Promise.withResolvers<string>()
    this.#sessions.set(requestId, answer)
    this.#send({ type: 'session', requestId })
    return answer.promise
  }

  async release(): Promise<void> {
    const children = [...this.#children.values()]
    if (!this.#isGone) this.#send({ type: 'stop' })
    await this.#process.end(this.#deadlines.stopDeadlineMs)
    await Promise.all(children.map((child) => child.end(0)))
  }

  #receive(message: FromDaemon): void {
    switch (message.type) {
      case 'ready':
        this.#events.ready(message.port)
        break
      case 'failed':
        this.#events.failed({ reason: message.reason, message: message.message })
        break
      case 'settings':
        this.#events.settings(message)
        break
      case 'notice':
        this.#events.notice(message.notice)
        break
      case 'session':
        this.#sessions.get(message.requestId)?.resolve(message.token)
        this.#sessions.delete(message.requestId)
        break
      case 'spawn':
        this.#startChild(message.childId, message.name, message.env)
        break
      case 'kill':
        this.#children.get(message.childId)?.kill()
        break
    }
  }

  #startChild(childId: number, name: ChildName, env: Record<string, string>): void {
    const child = new OwnedProcess(this.#fork(entryOfChild[name], childEnvironment(process.env, env)))
    this.#children.set(childId, child)
    void child.exited.then((code) => {
      this.#children.delete(childId)
      this.#send({ type: 'child-exited', childId, code })
    })
  }

  #onExit(code: number): void {
    this.#isGone = true
    for (const child of this.#children.values()) child.kill()
    for (const waiting of this.#sessions.values()) waiting.reject(daemonGone())
    this.#sessions.clear()
    this.#events.gone(code === 0 ? 'asked' : 'crashed')
  }

  #send(message: ToDaemon): void {
    if (!this.#isGone) this.#process.send(message)
  }
}

const daemonGone = () =>
  new HomeportError('unavailable', 'The service of Homeport is starting again', { retryable: true })
