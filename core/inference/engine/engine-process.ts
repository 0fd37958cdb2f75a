import {
  type EngineChat,
  type FromEngine,
  fromEngineSchema,
  type ToEngine
} from '../../contract/inference-frames.ts'
import type { Usage } from '../../contract/usage.ts'
import { engineStopped, requestError } from './engine-errors.ts'
import type { EngineConnection } from './engine-socket.ts'
import { EventQueue } from './event-queue.ts'

export type EngineEvent =
  | { type: 'delta'; text: string; reasoning: string }
  | { type: 'end'; finish: 'stop' | 'length'; usage: Usage }

export interface EngineProcessHooks {
  /** Another model is in memory. */
  onLoaded(): void
  /** A request for a model ended, well or not, and the process lives. */
  onAnswered(modelPath: string): void
  /**
   * The process is gone, with so many requests in it. `culprit` is the model it was busy with. Called once.
   */
  onGone(lostRequests: number, culprit: string | null): void
}

/** A request on its way. It is `begun` once the engine has taken it from its queue. */
interface Request {
  chat: EngineChat
  begun: boolean
  accepted: PromiseWithResolvers<void>
  events: EventQueue<EngineEvent>
}

const MAX_UNANSWERED_PINGS = 4

/** One life of the inference process: the requests in it, and whether it still answers. */
export class EngineProcess {
  readonly backend: string
  readonly #connection: EngineConnection
  readonly #kill: () => void
  readonly #hooks: EngineProcessHooks
  readonly #requests = new Map<number, Request>()
  readonly #pingTimer: NodeJS.Timeout
  #loadedModel: string | null = null
  #nextId = 1
  #unansweredPings = 0
  #isGone = false

  constructor(connection: EngineConnection, kill: () => void, hooks: EngineProcessHooks, pingMs: number) {
    this.backend = connection.backend
    this.#connection = connection
    this.#kill = kill
    this.#hooks = hooks
    this.#pingTimer = setInterval(() => this.#ping(), pingMs).unref()
    connection.listen(
      (frame) => this.#onFrame(fromEngineSchema.parse(frame)),
      () => this.end()
    )
  }

  get loadedModel(): string | null {
    return this.#loadedModel
  }

  get isIdle(): boolean {
    return this.#requests.size === 0
  }

  /** Resolves when the answer is about to begin; see `Engine.chat`. */
  async chat(chat: EngineChat, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    if (this.#isGone) throw engineStopped()
    const id = this.#nextId
    this.#nextId += 1
    const cancel = () => this.#send({ type: 'cancel', id })
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
    this.#requests.set(id, request)
    this.#send({ type: 'start', id, chat })
    await request.accepted.promise
    return request.events
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
    const culprit = requests.find((request) => request.begun)?.chat.modelPath ?? null
    this.#hooks.onGone(requests.length, culprit)
    for (const request of requests) fail(request, engineStopped())
  }

  #send(frame: ToEngine): void {
    if (!this.#isGone) this.#connection.send(frame)
  }

  #onFrame(frame: FromEngine): void {
    this.#unansweredPings = 0
    if (frame.type === 'hello' || frame.type === 'pong') return
    if (frame.type === 'loaded') {
      this.#loadedModel = frame.modelPath
      this.#hooks.onLoaded()
      return
    }
    const request = this.#requests.get(frame.id)
    if (request === undefined) return
    if (frame.type === 'begin') {
      request.begun = true
    } else if (frame.type === 'accepted') {
      request.accepted.resolve()
    } else if (frame.type === 'delta') {
      request.events.push({ type: 'delta', text: frame.text, reasoning: frame.reasoning })
    } else {
      this.#requests.delete(frame.id)
      settle(request, frame)
      this.#hooks.onAnswered(request.chat.modelPath)
    }
  }

  /** Counts silences, not time: a machine that slept has missed no answers. */
  #ping(): void {
    if (this.isIdle) return
    this.#unansweredPings += 1
    if (this.#unansweredPings > MAX_UNANSWERED_PINGS) this.end()
    else this.#send({ type: 'ping' })
  }
}

function settle(request: Request, frame: Extract<FromEngine, { type: 'end' | 'error' }>): void {
  if (frame.type === 'error') {
    fail(request, requestError(frame))
  } else if (frame.finish === 'cancelled') {
    // it was failed with the signal's reason already, or nobody reads it any more
    fail(request, new DOMException('The answer was stopped.', 'AbortError'))
  } else {
    request.events.push({ type: 'end', finish: frame.finish, usage: frame.usage })
    request.events.finish()
  }
}

/** Who waits for the answer to begin hears of it there; who reads it, in the reading. */
function fail(request: Request, error: unknown): void {
  request.accepted.reject(error)
  request.events.fail(error)
}
