import type { Llama } from 'node-llama-cpp'
import type { EngineChat, FromEngine } from '../../contract/inference-frames.ts'
import { ChatModel, EngineError } from './chat-model.ts'

interface Request {
  id: number
  chat: EngineChat
  abort: AbortController
}

/**
 * The engine's requests, answered one after the other in the order they came. Keeps the last model loaded until another
 * is asked for.
 */
export class ChatQueue {
  readonly #llama: Llama
  readonly #threads: number
  readonly #send: (frame: FromEngine) => void
  #waiting: Request[] = []
  #current: Request | null = null
  #loaded: { path: string; model: ChatModel } | null = null

  constructor(llama: Llama, threads: number, send: (frame: FromEngine) => void) {
    this.#llama = llama
    this.#threads = threads
    this.#send = send
  }

  add(id: number, chat: EngineChat): void {
    this.#waiting.push({ id, chat, abort: new AbortController() })
    if (this.#current === null) void this.#run()
  }

  /** Ends a request. One that is still waiting never starts. */
  cancel(id: number): void {
    if (this.#current?.id === id) {
      this.#current.abort.abort()
      return
    }
    const waiting = this.#waiting.filter((request) => request.id !== id)
    if (waiting.length === this.#waiting.length) return
    this.#waiting = waiting
    this.#sendCancelled(id)
  }

  async #run(): Promise<void> {
    for (let request = this.#waiting.shift(); request !== undefined; request = this.#waiting.shift()) {
      this.#current = request
      await this.#answer(request)
      this.#current = null
    }
  }

  async #answer({ id, chat, abort }: Request): Promise<void> {
    this.#send({ type: 'begin', id })
    try {
      const model = await this.#load(chat.modelPath, abort.signal)
      const { finish, usage } = await model.answer(chat, {
        signal: abort.signal,
        onAccepted: () => this.#send({ type: 'accepted', id }),
        onDelta: (text, reasoning) => this.#send({ type: 'delta', id, text, reasoning })
      })
      this.#send({ type: 'end', id, finish, usage })
    } catch (error) {
      if (abort.signal.aborted) return this.#sendCancelled(id)
      const code = error instanceof EngineError ? error.code : 'failed'
      const message = error instanceof EngineError ? error.message : 'The engine could not answer.'
      this.#send({ type: 'error', id, code, message })
    }
  }

  async #load(path: string, signal: AbortSignal): Promise<ChatModel> {
    if (this.#loaded?.path === path) return this.#loaded.model
    // the old one first: there may not be room for both
    const old = this.#loaded
    this.#loaded = null
    if (old !== null) {
      await old.model.dispose()
      this.#send({ type: 'loaded', modelPath: null })
    }
    const model = await ChatModel.load(this.#llama, path, this.#threads, signal)
    this.#loaded = { path, model }
    this.#send({ type: 'loaded', modelPath: path })
    return model
  }

  #sendCancelled(id: number): void {
    const input = { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }
    const usage = { input, output: { total: 0, text: 0, reasoning: 0 } }
    this.#send({ type: 'end', id, finish: 'cancelled', usage })
  }
}
