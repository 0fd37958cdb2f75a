import { setTimeout as sleep } from 'node:timers/promises'
import type { SpawnChild } from '../contract/daemon-messages.ts'
import {
  type EngineChat,
  engineEnvironment,
  type FromEngine,
  fromEngineSchema,
  type ToEngine
} from '../contract/inference-frames.ts'
import type { Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Logger } from '../lib/logger.ts'
import { type EngineConnection, EngineSocket } from './engine-socket.ts'
import { EventQueue } from './event-queue.ts'

export type EngineEvent =
  | { type: 'delta'; text: string; reasoning: string }
  | { type: 'end'; finish: 'stop' | 'length'; usage: Usage }

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

/** A request on its way. It is `begun` once the engine has taken it from its queue. */
interface Request {
  chat: EngineChat
  begun: boolean
  accepted: PromiseWithResolvers<void>
  events: EventQueue<EngineEvent>
}

interface Process {
  connection: EngineConnection
  requests: Map<number, Request>
  loadedModel: string | null
  unansweredPings: number
  kill(): void
}

const START_DEADLINE_MS = 60_000
const MAX_BACKOFF_MS = 2_000
const MAX_UNANSWERED_PINGS = 4
const CRASHES_TO_QUARANTINE = 2

/**
 * The daemon's side of the inference process: starts it on first use and again after a crash, hands it requests, and
 * ends it when it has been idle. A crash fails the requests that were in it, and nothing else.
 */
export class Engine {
  readonly #options: EngineOptions
  #socket: Promise<EngineSocket> | null = null
  #process: Promise<Process> | null = null
  #running: Process | null = null
  /** Rejected when the process that is starting is not going to be. */
  #starting: PromiseWithResolvers<never> | null = null
  #nextId = 1
  #backend: string | null = null
  #crashesInARow = 0
  readonly #crashesOf = new Map<string, number>()
  #idleTimer: NodeJS.Timeout | undefined
  #pingTimer: NodeJS.Timeout | undefined
  #closed = false

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
    if (this.isQuarantined(chat.modelPath)) throw quarantined()
    const process = await this.#started()
    signal.throwIfAborted()

    const id = this.#nextId
    this.#nextId += 1
    const cancel = () => send(process, { type: 'cancel', id })
    const request: Request = {
      chat,
      begun: false,
      accepted: Promise.withResolvers<void>(),
      events: new EventQueue<EngineEvent>(cancel)
    }
    const onAbort = () => {
      cancel()
      fail(request, signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    process.requests.set(id, request)
    this.#watch()
    send(process, { type: 'start', id, chat })
    await request.accepted.promise
    return request.events
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#starting?.reject(new Error('it is no longer wanted'))
    const process = await this.#process?.catch(() => null)
    if (process) this.#end(process)
    await (await this.#socket)?.close()
  }

  /** The running process, or a new one: at once after a first crash, later after repeated ones. */
  #started(): Promise<Process> {
    if (this.#closed) throw new HomeportError('unavailable', 'Homeport is shutting down.')
    this.#process ??= this.#start().catch((error: unknown) => {
      this.#process = null
      this.#crashesInARow += 1
      throw error
    })
    return this.#process
  }

  async #start(): Promise<Process> {
    if (this.#crashesInARow > 1) await sleep(Math.min(MAX_BACKOFF_MS, 100 * 2 ** this.#crashesInARow))
    const starting = Promise.withResolvers<never>()
    starting.promise.catch(() => {})
    this.#starting = starting
    if (this.#closed) starting.reject(new Error('it is no longer wanted'))
    const deadline = setTimeout(
      () => starting.reject(new Error('it did not answer in time')),
      START_DEADLINE_MS
    )
    let giveUp = () => {}
    try {
      const socket = await this.#openSocket()
      const expected = socket.expect()
      const child = this.#options.spawnChild('inference', {
        [engineEnvironment.socket]: socket.path,
        [engineEnvironment.secret]: expected.secret,
        ...threadsOverride()
      })
      giveUp = () => {
        expected.cancel()
        child.kill()
      }
      child.onExit((code) => starting.reject(new Error(`it ended with code ${code}`)))
      const connection = await Promise.race([expected.connection, starting.promise])
      return this.#adopt(connection, () => child.kill())
    } catch (error) {
      giveUp()
      this.#options.logger.error({ reason: String(error) }, 'inference process did not start')
      throw new HomeportError('engine-failed', 'The on-device engine could not be started.', {
        action: 'Run “homeport doctor” to see what it needs.',
        retryable: true,
        cause: error
      })
    } finally {
      clearTimeout(deadline)
      this.#starting = null
    }
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

  #adopt(connection: EngineConnection, kill: () => void): Process {
    const process: Process = { connection, requests: new Map(), loadedModel: null, unansweredPings: 0, kill }
    this.#running = process
    this.#backend = connection.backend
    this.#options.logger.info({ backend: connection.backend }, 'inference process started')
    connection.listen(
      (frame) => this.#onFrame(process, fromEngineSchema.parse(frame)),
      () => this.#onGone(process)
    )
    this.#options.onChange()
    return process
  }

  #onFrame(process: Process, frame: FromEngine): void {
    process.unansweredPings = 0
    if (frame.type === 'loaded') {
      process.loadedModel = frame.modelPath
      this.#options.onChange()
      return
    }
    if (frame.type === 'hello' || frame.type === 'pong') return
    const request = process.requests.get(frame.id)
    if (request === undefined) return
    if (frame.type === 'begin') {
      request.begun = true
    } else if (frame.type === 'accepted') {
      request.accepted.resolve()
    } else if (frame.type === 'delta') {
      request.events.push({ type: 'delta', text: frame.text, reasoning: frame.reasoning })
    } else {
      process.requests.delete(frame.id)
      this.#crashesInARow = 0
      this.#crashesOf.delete(request.chat.modelPath)
      settle(request, frame)
      this.#watch()
    }
  }

  /** From here on the process gets no more requests. */
  #end(process: Process): void {
    this.#onGone(process)
    process.connection.close()
  }

  /** The process is gone: by our hand when it was idle, otherwise by a crash. */
  #onGone(process: Process): void {
    if (this.#running !== process) return
    this.#running = null
    this.#process = null
    process.kill()
    this.#watch()
    const requests = [...process.requests.values()]
    if (requests.length > 0 && !this.#closed) {
      this.#crashesInARow += 1
      const culprit = requests.find((request) => request.begun)?.chat.modelPath
      if (culprit !== undefined) this.#crashesOf.set(culprit, (this.#crashesOf.get(culprit) ?? 0) + 1)
      this.#options.logger.error({ requests: requests.length }, 'inference process stopped while answering')
    }
    for (const request of requests) fail(request, stopped())
    this.#options.onChange()
  }

  /** Sets the timers for what is going on: pings while there are requests, the idle time while there are none. */
  #watch(): void {
    clearTimeout(this.#idleTimer)
    const process = this.#running
    if (process !== null && process.requests.size > 0) {
      this.#pingTimer ??= setInterval(() => this.#ping(), this.#options.pingMs ?? 5_000).unref()
      return
    }
    clearInterval(this.#pingTimer)
    this.#pingTimer = undefined
    if (process !== null) {
      this.#idleTimer = setTimeout(() => this.#end(process), this.#options.idleMs ?? 600_000).unref()
    }
  }

  /** Counts silences, not time: a machine that slept has missed no answers. */
  #ping(): void {
    const process = this.#running
    if (process === null) return
    process.unansweredPings += 1
    if (process.unansweredPings > MAX_UNANSWERED_PINGS) {
      this.#options.logger.error({}, 'inference process no longer answers')
      this.#end(process)
    } else {
      send(process, { type: 'ping' })
    }
  }
}

const send = (process: Process, frame: ToEngine) => process.connection.send(frame)

function settle(request: Request, frame: Extract<FromEngine, { type: 'end' | 'error' }>): void {
  if (frame.type === 'error') {
    fail(request, errorOf(frame.code, frame.message))
  } else if (frame.finish === 'cancelled') {
    // it was failed with the signal's reason already, or nobody reads it any more
    fail(request, new DOMException('The answer was stopped.', 'AbortError'))
  } else {
    request.events.push({ type: 'end', finish: frame.finish, usage: frame.usage })
    request.events.finish()
  }
}

function fail(request: Request, error: unknown): void {
  request.accepted.reject(error)
  // who waits for `accepted` hears of it there; an answer that is being read ends with it
  request.events.fail(error)
}

function errorOf(code: Extract<FromEngine, { type: 'error' }>['code'], message: string): HomeportError {
  switch (code) {
    case 'bad-request':
      return new HomeportError('bad-request', message)
    case 'context-overflow':
      return new HomeportError('bad-request', message, {
        param: 'messages',
        // programs look for this very code to know that they should send less
        wire: {
          dialect: 'openai-chat',
          body: {
            error: {
              message,
              type: 'invalid_request_error',
              param: 'messages',
              code: 'context_length_exceeded'
            }
          }
        }
      })
    case 'load-failed':
      return new HomeportError('model-broken', message, { param: 'model' })
    case 'failed':
      return new HomeportError('engine-failed', message, { retryable: true })
  }
}

const stopped = () =>
  new HomeportError(
    'engine-failed',
    'The on-device engine stopped while answering. It starts again with the next request.',
    {
      action: 'Try again.',
      retryable: true
    }
  )

const quarantined = () =>
  new HomeportError(
    'model-broken',
    'This model stopped the on-device engine twice in a row and is not tried again.',
    {
      action: 'Add the model again, or restart Homeport, to give it another chance. A smaller one may work.',
      param: 'model'
    }
  )

function threadsOverride(): Record<string, string> {
  const threads = process.env.HOMEPORT_THREADS
  return threads === undefined ? {} : { HOMEPORT_THREADS: threads }
}
