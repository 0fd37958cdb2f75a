import { setTimeout as sleep } from 'node:timers/promises'
import type { SpawnChild } from '../../contract/daemon-messages.ts'
import { type EngineChat, engineEnvironment } from '../../contract/inference-frames.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Logger } from '../../lib/logger.ts'
import { engineNotStarted, modelQuarantined } from './engine-errors.ts'
import { type EngineEvent, EngineProcess } from './engine-process.ts'
import { EngineSocket } from './engine-socket.ts'

export interface EngineOptions {
  dataDir: string
  spawnChild: SpawnChild
  logger: Logger
  /** Called when another model was loaded, a model was given up on, or the process came or went. */
  onChange: () => void
  /** How long a process without requests keeps its model in memory. Default ten minutes. */
  idleMs?: number
  /** How often a busy process is asked whether it is still there; it is ended after four silences. Default 5 s. */
  pingMs?: number
}

const IDLE_MS = 600_000
const PING_MS = 5_000
const START_DEADLINE_MS = 60_000
const MAX_BACKOFF_MS = 2_000
const CRASHES_TO_QUARANTINE = 2

/**
 * The daemon's side of the inference process: starts it on first use and again after a crash, hands it requests, and
 * ends it when it has been idle. A crash fails the requests that were in it, and nothing else.
 */
export class Engine {
  readonly #options: EngineOptions
  #socket: Promise<EngineSocket> | null = null
  #process: Promise<EngineProcess> | null = null
  #running: EngineProcess | null = null
  /** Rejected when the process that is starting is not going to be. */
  #starting: PromiseWithResolvers<never> | null = null
  #idleTimer: NodeJS.Timeout | undefined
  #backend: string | null = null
  #crashesInARow = 0
  readonly #crashesOf = new Map<string, number>()
  #isClosed = false

  constructor(options: EngineOptions) {
    this.#options = options
  }

  /** What the engine computes on; null until it ran once. */
  get backend(): string | null {
    return this.#backend
  }

  /** Path of the model in memory, if any. */
  get loadedModel(): string | null {
    return this.#running?.loadedModel ?? null
  }

  /** Whether a model stopped the engine so often that it is not tried again. */
  isQuarantined(modelPath: string): boolean {
    return (this.#crashesOf.get(modelPath) ?? 0) >= CRASHES_TO_QUARANTINE
  }

  /** Gives a quarantined model another chance. */
  pardon(modelPath: string): void {
    this.#crashesOf.delete(modelPath)
  }

  /**
   * Asks a model. Resolves when it is loaded and the prompt fits; rejects with `bad-request` (a prompt that is too long,
   * too), `model-broken` or `engine-failed` otherwise. An aborted signal stops the engine and makes both this and the
   * events throw its reason; not reading the events to their end stops the engine, too.
   */
  async chat(chat: EngineChat, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    signal.throwIfAborted()
    if (this.isQuarantined(chat.modelPath)) throw modelQuarantined()
    const process = await unlessAborted(this.#started(), signal)
    // a process that runs already wins the race against an abort of the same moment
    signal.throwIfAborted()
    clearTimeout(this.#idleTimer)
    return await process.chat(chat, signal)
  }

  /** Ends the process and whatever is in it. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#idleTimer)
    this.#starting?.reject(new Error('it is no longer wanted'))
    const process = await this.#process?.catch(() => null)
    process?.end()
    await (await this.#socket)?.close()
  }

  #started(): Promise<EngineProcess> {
    if (this.#isClosed) throw new HomeportError('unavailable', 'Homeport is shutting down.')
    this.#process ??= this.#start().catch((error: unknown) => {
      this.#process = null
      this.#crashesInARow += 1
      this.#options.logger.error({ reason: String(error) }, 'inference process did not start')
      throw engineNotStarted(error)
    })
    return this.#process
  }

  /** At once, unless it has crashed repeatedly. */
  async #start(): Promise<EngineProcess> {
    if (this.#crashesInARow > 1) await sleep(Math.min(MAX_BACKOFF_MS, 100 * 2 ** this.#crashesInARow))
    const socket = await this.#openSocket()
    if (this.#isClosed) throw new Error('it is no longer wanted')

    const starting = Promise.withResolvers<never>()
    const deadline = setTimeout(
      () => starting.reject(new Error('it did not answer in time')),
      START_DEADLINE_MS
    )
    this.#starting = starting
    const expected = socket.expect()
    const child = this.#options.spawnChild('inference', {
      [engineEnvironment.socket]: socket.path,
      [engineEnvironment.secret]: expected.secret,
      ...threadsOverride()
    })
    child.onExit((code) => starting.reject(new Error(`it ended with code ${code}`)))
    try {
      const connection = await Promise.race([expected.connection, starting.promise])
      const hooks = {
        onLoaded: this.#options.onChange,
        onAnswered: (modelPath: string) => this.#onAnswered(modelPath),
        onGone: (lost: number, culprit: string | null) => this.#onGone(lost, culprit)
      }
      this.#running = new EngineProcess(
        connection,
        () => child.kill(),
        hooks,
        this.#options.pingMs ?? PING_MS
      )
    } catch (error) {
      expected.cancel()
      child.kill()
      throw error
    } finally {
      clearTimeout(deadline)
      this.#starting = null
      // an exit from now on is no longer news
      starting.promise.catch(() => {})
    }
    this.#backend = this.#running.backend
    this.#options.logger.info({ backend: this.#backend }, 'inference process started')
    this.#options.onChange()
    return this.#running
  }

  async #openSocket(): Promise<EngineSocket> {
    this.#socket ??= EngineSocket.open(this.#options.dataDir)
    try {
      return await this.#socket
    } catch (error) {
      this.#socket = null
      throw error
    }
  }

  #onAnswered(modelPath: string): void {
    this.#crashesInARow = 0
    this.#crashesOf.delete(modelPath)
    const process = this.#running
    if (process === null || !process.isIdle) return
    clearTimeout(this.#idleTimer)
    this.#idleTimer = setTimeout(() => process.end(), this.#options.idleMs ?? IDLE_MS).unref()
  }

  /** By our hand when it was idle or Homeport ends, otherwise by a crash. */
  #onGone(lostRequests: number, culprit: string | null): void {
    this.#running = null
    this.#process = null
    clearTimeout(this.#idleTimer)
    if (lostRequests > 0 && !this.#isClosed) {
      this.#crashesInARow += 1
      if (culprit !== null) this.#crashesOf.set(culprit, (this.#crashesOf.get(culprit) ?? 0) + 1)
      this.#options.logger.error({ requests: lostRequests }, 'inference process stopped while answering')
    }
    this.#options.onChange()
  }
}

/** Waits for `promise`, or throws the signal's reason as soon as it is aborted. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function threadsOverride(): Record<string, string> {
  const threads = process.env.HOMEPORT_THREADS
  return threads === undefined ? {} : { HOMEPORT_THREADS: threads }
}
