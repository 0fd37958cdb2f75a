import {
  type EngineDevice,
  type EngineModel,
  type EngineModelState,
  type EngineWork,
  type FromEngine,
  fromEngineSchema,
  type ToEngine
} from '../../contract/engine-frames.ts'
import { engineStopped } from './engine-errors.ts'
import type { EngineConnection } from './engine-socket.ts'
import type { PendingRequest } from './pending-request.ts'

export interface EngineProcessHooks {
  /** Models came or went, or requests of them. */
  onModels(): void
  /**
   * A request for a model was dealt with, well or not, and the process lives. `isProof`: the model was at work, and was not
   * stopped before it could come to what it might crash of.
   */
  onDone(path: string, isProof: boolean): void
  /** The process is gone, with so many requests in it. `atWork` are the models it was busy with. Called once. */
  onGone(lostRequests: number, atWork: ReadonlySet<string>): void
}

interface InProcess {
  path: string
  /** The engine has taken it from its queue. */
  begun: boolean
  pending: PendingRequest<unknown>
}

const MAX_UNANSWERED_PINGS = 4

/** One life of the inference process: the requests in it, the models in its memory, and whether it still answers. */
export class EngineProcess {
  readonly backend: string
  readonly #connection: EngineConnection
  readonly #kill: () => void
  readonly #hooks: EngineProcessHooks
  readonly #requests = new Map<number, InProcess>()
  readonly #pingTimer: NodeJS.Timeout
  #models: readonly EngineModelState[] = []
  #devices: readonly EngineDevice[]
  #nextId = 1
  #budgetBytes: number | null = null
  #unansweredPings = 0
  #isGone = false

  constructor(connection: EngineConnection, kill: () => void, hooks: EngineProcessHooks, pingMs: number) {
    this.backend = connection.backend
    this.#devices = connection.devices
    this.#connection = connection
    this.#kill = kill
    this.#hooks = hooks
    this.#pingTimer = setInterval(() => this.#ping(), pingMs).unref()
    connection.listen(
      (frame) => this.#onFrame(fromEngineSchema.parse(frame)),
      () => this.end()
    )
  }

  get models(): readonly EngineModelState[] {
    return this.#models
  }

  get devices(): readonly EngineDevice[] {
    return this.#devices
  }

  get isGone(): boolean {
    return this.#isGone
  }

  get isIdle(): boolean {
    return this.#requests.size === 0
  }

  /** Whether a request for one of these models is in it. */
  isAskedFor(isMeant: (path: string) => boolean): boolean {
    return [...this.#requests.values()].some(({ path }) => isMeant(path))
  }

  /** What `pending` promises comes to be in time, or fails; with the signal's reason as soon as that is aborted. */
  async ask<T>(
    { owner, model, work }: { owner: string; model: EngineModel; work: EngineWork },
    pendingFor: (cancel: () => void) => PendingRequest<T>,
    signal: AbortSignal
  ): Promise<T> {
    if (this.#isGone) throw engineStopped()
    const id = this.#nextId
    this.#nextId += 1
    const cancel = () => {
      if (this.#requests.has(id)) this.#send({ type: 'cancel', id })
    }
    const pending = pendingFor(cancel)
    const onAbort = () => {
      cancel()
      pending.fail(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    this.#requests.set(id, { path: model.path, begun: false, pending })
    this.#send({ type: 'start', id, owner, model, work })
    return await pending.promise
  }

  unload(path: string): void {
    this.#send({ type: 'unload', path })
  }

  setBudget(memoryBytes: number): void {
    if (memoryBytes === this.#budgetBytes) return
    this.#budgetBytes = memoryBytes
    this.#send({ type: 'budget', memoryBytes })
  }

  /** Ends the process, and with it the requests that are in it. */
  end(): void {
    if (this.#isGone) return
    this.#isGone = true
    clearInterval(this.#pingTimer)
    this.#connection.close()
    this.#kill()
    const requests = [...this.#requests.values()]
    this.#requests.clear()
    // one of those that wait for a model to be loaded has begun with that
    const begun = requests.filter((request) => request.begun)
    this.#hooks.onGone(requests.length, new Set(begun.map(({ path }) => path)))
    for (const { pending } of requests) pending.fail(engineStopped())
  }

  #send(frame: ToEngine): void {
    if (!this.#isGone) this.#connection.send(frame)
  }

  #onFrame(frame: FromEngine): void {
    this.#unansweredPings = 0
    if (frame.type === 'hello' || frame.type === 'pong') return
    if (frame.type === 'models') {
      this.#models = frame.models
      this.#devices = frame.devices
      this.#hooks.onModels()
      return
    }
    const request = this.#requests.get(frame.id)
    if (request === undefined) return
    if (frame.type === 'begin') {
      request.begun = true
      return
    }
    if (frame.type === 'end' || frame.type === 'result' || frame.type === 'error') {
      this.#requests.delete(frame.id)
      const isStopped = frame.type === 'end' && frame.finish === 'cancelled'
      this.#hooks.onDone(request.path, request.begun && !isStopped)
    }
    request.pending.take(frame)
  }

  /** Counts silences, not time: a machine that slept has missed no answers. */
  #ping(): void {
    if (this.isIdle) return
    this.#unansweredPings += 1
    if (this.#unansweredPings > MAX_UNANSWERED_PINGS) this.end()
    else this.#send({ type: 'ping' })
  }
}
