import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SpawnChild } from '../../contract/daemon-messages.ts'
import type {
  EngineChat,
  EngineDevice,
  EngineModel,
  EngineModelState,
  EngineResult,
  EngineWork
} from '../../contract/engine-frames.ts'
import type { LocalModel } from '../../contract/local-models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Logger } from '../../lib/logger.ts'
import { engineNotStarted, modelQuarantined } from './engine-errors.ts'
import { EngineProcess } from './engine-process.ts'
import { EngineSocket } from './engine-socket.ts'
import { launchEngine } from './launch-engine.ts'
import { type EngineAnswer, PendingChat, type PendingRequest, PendingResult } from './pending-request.ts'
import { Quarantine } from './quarantine.ts'
import { unlessAborted } from './unless-aborted.ts'

export interface EngineOptions {
  dataDir: string
  spawnChild: SpawnChild
  logger: Logger
  /** Bytes that all loaded models may take together, on these devices. */
  memoryBudget: (devices: readonly EngineDevice[]) => number
  /** Called when models came or went, or requests of them, or the process; and when a model was given up on. */
  onChange: () => void
  /** How long a process without models and requests stays. Default a minute. */
  idleMs?: number
  /** How often a busy process is asked whether it is still there; it is ended after four silences. Default 5 s. */
  pingMs?: number
}

/** Who asks which model; and when not to any more. */
export interface EngineCall {
  owner: string
  /** Of the model. */
  path: string
  /** How it is to be run. Asked when the engine runs: from then on it is known what there is to compute on. */
  model: () => EngineModel
  signal: AbortSignal
}

const IDLE_MS = 60_000
const PING_MS = 5_000
/** With the start itself, the engine is back within two seconds. */
const MAX_BACKOFF_MS = 1_000

/**
 * The daemon's side of the inference process: starts it on first use and at once after a crash, hands it requests, and
 * ends it when nothing has been in its memory for a while. A crash fails the requests that were in it, and nothing else.
 *
 * Every request rejects with `bad-request`, `context-overflow`, `unavailable` (it does not fit), `model-broken` or
 * `engine-failed`; an aborted signal stops the engine's work for it and makes it throw the signal's reason.
 */
export class Engine {
  readonly #options: EngineOptions
  readonly #quarantine = new Quarantine()
  #socket: Promise<EngineSocket> | null = null
  #process: Promise<EngineProcess> | null = null
  #running: EngineProcess | null = null
  /** Resolved when the next request is done with, models come or go, or the process goes. */
  #nextChange = Promise.withResolvers<void>()
  #idleTimer: NodeJS.Timeout | undefined
  #backend: string | null = null
  #devices: readonly EngineDevice[] = []
  #hasLooked = false
  #crashesInARow = 0
  readonly #closing = new AbortController()

  constructor(options: EngineOptions) {
    this.#options = options
  }

  get state(): 'stopped' | 'starting' | 'running' {
    if (this.#running !== null) return 'running'
    return this.#process === null ? 'stopped' : 'starting'
  }

  /** What the engine computes on; null until it ran once. */
  get backend(): string | null {
    return this.#backend
  }

  /** As the engine last saw them; none until it ran once. */
  get devices(): readonly EngineDevice[] {
    return this.#running?.devices ?? this.#devices
  }

  /** As they were when the engine last started, with no model in memory. */
  get emptyDevices(): readonly EngineDevice[] {
    return this.#devices
  }

  /** What is in memory, or on its way there. */
  get models(): readonly EngineModelState[] {
    return this.#running?.models ?? []
  }

  /** Whether a model stopped the engine so often that it is not tried again. */
  isQuarantined(path: string): boolean {
    return this.#quarantine.isQuarantined(path)
  }

  /** Gives a quarantined model another chance. */
  pardon(path: string): void {
    this.#quarantine.pardon(path)
  }

  /** Resolves when the model is loaded and the prompt fits. Not reading the events to their end stops the engine, too. */
  chat(chat: EngineChat, call: EngineCall): Promise<EngineAnswer> {
    return this.#ask({ kind: 'chat', chat }, call, (cancel) => new PendingChat(cancel))
  }

  /** Tokens of a chat's prompt. */
  async countTokens(chat: EngineChat, call: EngineCall): Promise<number> {
    const { count } = await this.#result('tokens', { kind: 'count', chat }, call)
    return count
  }

  /** Vectors of texts, or of texts cut into the model's own tokens. */
  embed(
    input: { inputs: string[]; tokens: number[][] | null },
    call: EngineCall
  ): Promise<Extract<EngineResult, { kind: 'vectors' }>> {
    return this.#result('vectors', { kind: 'embed', ...input }, call)
  }

  rerank(
    input: { query: string; documents: string[] },
    call: EngineCall
  ): Promise<Extract<EngineResult, { kind: 'scores' }>> {
    return this.#result('scores', { kind: 'rerank', ...input }, call)
  }

  /** Has a model in memory, ready for what it is for, and does nothing with it. */
  async load(purpose: LocalModel['kind'], call: EngineCall): Promise<void> {
    await this.#result('loaded', { kind: 'load', purpose }, call)
  }

  calibrate(call: EngineCall): Promise<Extract<EngineResult, { kind: 'calibration' }>> {
    return this.#result('calibration', { kind: 'calibrate' }, call)
  }

  /** Ends the requests of a model and takes it out of memory. Resolves when it is. */
  async unload(path: string): Promise<void> {
    const process = this.#running
    if (process === null) return
    // whoever asks next has it loaded again, and that one stays
    const isOld = ({ path: at, loadedAt }: EngineModelState) =>
      at === path && old.some((model) => model.loadedAt === loadedAt)
    const old = process.models.filter((model) => model.path === path)
    process.unload(path)
    while (this.#running === process && process.models.some(isOld)) await this.#nextChange.promise
  }

  /** Starts the process once, unless it ran already, to learn what it computes on. Never rejects. */
  async detect(): Promise<void> {
    if (this.#hasLooked || this.#backend !== null || this.#closing.signal.aborted) return
    this.#hasLooked = true
    await this.#started().catch(() => {})
  }

  /** To be called when the memory budget may be another. */
  budgetChanged(): void {
    this.#running?.setBudget(this.#options.memoryBudget(this.#devices))
  }

  /** Ends the process and whatever is in it. */
  async close(): Promise<void> {
    this.#closing.abort(new Error('it is no longer wanted'))
    clearTimeout(this.#idleTimer)
    const process = await this.#process?.catch(() => null)
    process?.end()
    await (await this.#socket)?.close()
  }

  #result<K extends EngineResult['kind']>(
    kind: K,
    work: EngineWork,
    call: EngineCall
  ): Promise<Extract<EngineResult, { kind: K }>> {
    return this.#ask(work, call, () => new PendingResult(kind))
  }

  async #ask<T>(
    work: EngineWork,
    { owner, path, model, signal }: EngineCall,
    pendingFor: (cancel: () => void) => PendingRequest<T>
  ): Promise<T> {
    while (true) {
      signal.throwIfAborted()
      if (this.isQuarantined(path)) throw modelQuarantined()
      const process = await unlessAborted(this.#started(), signal)
      // a process that runs already wins the race against an abort of the same moment
      signal.throwIfAborted()
      if (!this.#mustWait(path, process)) {
        clearTimeout(this.#idleTimer)
        return await process.ask({ owner, model: model(), work }, pendingFor, signal)
      }
      await unlessAborted(this.#nextChange.promise, signal)
    }
  }

  /** Suspects of one crash are tried one at a time, so that the next crash tells which of them it was. */
  #mustWait(path: string, process: EngineProcess): boolean {
    if (!this.#quarantine.isSuspect(path)) return false
    return process.isAskedFor((other) => other !== path && this.#quarantine.isSuspect(other))
  }

  #started(): Promise<EngineProcess> {
    if (this.#closing.signal.aborted) throw new HomeportError('unavailable', 'Homeport is shutting down.')
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
    this.#options.onChange()
    if (this.#crashesInARow > 1) {
      const pause = Math.min(MAX_BACKOFF_MS, 100 * 2 ** this.#crashesInARow)
      await sleep(pause, undefined, { signal: this.#closing.signal })
    }
    const socket = await this.#openSocket()
    const { dataDir, spawnChild } = this.#options
    const codeFolder = join(dataDir, 'engine-code')
    const { connection, kill } = await launchEngine(socket, spawnChild, codeFolder, this.#closing.signal)
    const hooks = {
      onModels: () => this.#onModels(),
      onDone: (path: string, isProof: boolean) => this.#onDone(path, isProof),
      onGone: (lost: number, atWork: ReadonlySet<string>) => this.#onGone(lost, atWork)
    }
    const process = new EngineProcess(connection, kill, hooks, this.#options.pingMs ?? PING_MS)
    if (process.isGone) throw new Error('it ended as soon as it had started')
    this.#running = process
    this.#backend = process.backend
    this.#devices = process.devices
    this.budgetChanged()
    this.#options.logger.info({ backend: this.#backend }, 'inference process started')
    this.#endWhenIdle()
    this.#options.onChange()
    return process
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

  #onModels(): void {
    this.#announceChange()
    this.#endWhenIdle()
    this.#options.onChange()
  }

  #onDone(path: string, isProof: boolean): void {
    this.#crashesInARow = 0
    if (isProof) this.#quarantine.answered(path)
    this.#announceChange()
    this.#endWhenIdle()
  }

  #announceChange(): void {
    this.#nextChange.resolve()
    this.#nextChange = Promise.withResolvers()
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idleTimer)
    const process = this.#running
    if (process === null || !process.isIdle || process.models.length > 0) return
    this.#idleTimer = setTimeout(() => process.end(), this.#options.idleMs ?? IDLE_MS).unref()
  }

  /** By our hand when it was idle or Homeport ends, otherwise by a crash. */
  #onGone(lostRequests: number, atWork: ReadonlySet<string>): void {
    this.#running = null
    this.#process = null
    clearTimeout(this.#idleTimer)
    if (lostRequests > 0 && !this.#closing.signal.aborted) {
      this.#crashesInARow += 1
      this.#quarantine.crashed(atWork)
      this.#options.logger.error({ requests: lostRequests }, 'inference process stopped while answering')
      // whoever was cut off is likely to ask again
      this.#started().catch(() => {})
    }
    this.#announceChange()
    this.#options.onChange()
  }
}
