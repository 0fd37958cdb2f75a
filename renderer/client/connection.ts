import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AppCallInput, AppClient } from '../../core/contract/app-client.ts'
import type { AppResponse, AppRouteKey } from '../../core/contract/app-routes.ts'
import type { SequencedEvent } from '../../core/contract/events.ts'
import { callRoute, type Endpoint, readEvents } from './app-client.ts'
import { AppRequestError } from './app-request-error.ts'
import type { Host } from './host.ts'

export type ConnectionState =
  | { state: 'connecting' }
  | { state: 'ready'; endpoint: Endpoint }
  /** It was there and is not now; being tried again. `endpoint` is where it was. */
  | { state: 'lost'; endpoint: Endpoint | null }
  | { state: 'signed-out'; message: string | null }
  | { state: 'failed'; reason: string; message: string; suggestedPort: number | null }

/** Milliseconds to wait before try number `failures + 1`. */
export function backOff(failures: number): number {
  return Math.min(250 * 2 ** failures, 5000)
}

/**
 * The one line to the daemon. It holds the event stream open, resumes it where it broke off, and hands calls through.
 * Calls wait until the stream is open, so no change between a fetch and the first event is missed.
 */
export class Connection implements AppClient {
  readonly store: StoreApi<ConnectionState> = createStore(() => ({ state: 'connecting' }))
  readonly #host: Host
  readonly #fetch: typeof fetch
  readonly #listeners = new Set<(event: SequencedEvent) => void>()
  #lastEventId: string | null = null
  #stream = new AbortController()
  #wake = (): void => undefined

  constructor(host: Host, fetchFn: typeof fetch = fetch) {
    this.#host = host
    this.#fetch = fetchFn
    host.onChanged(() => this.#restart())
  }

  /** Connects and stays connected until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#restart())
    for (let failures = 0; !signal.aborted; failures++) {
      if (await this.#connectOnce()) failures = 0
      if (signal.aborted) return
      // without a session there is nothing to try: the host says when there is
      const signedOut = this.store.getState().state === 'signed-out'
      await this.#pause(signedOut ? null : backOff(failures))
    }
  }

  async invoke<K extends AppRouteKey>(
    key: K,
    input?: AppCallInput<K>,
    signal?: AbortSignal
  ): Promise<AppResponse<K>> {
    const endpoint = await this.#endpoint()
    try {
      return await callRoute(endpoint, key, input, this.#fetch, signal)
    } catch (thrown) {
      if (thrown instanceof AppRequestError && thrown.status === 401) {
        this.#host.reject(endpoint.token)
        this.#restart()
      }
      throw thrown
    }
  }

  /** Calls back with every event from now on. Returns the function that stops it. */
  subscribe(listener: (event: SequencedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async *events(signal: AbortSignal): AsyncGenerator<SequencedEvent> {
    const queue: SequencedEvent[] = []
    let notify = (): void => undefined
    const stop = this.subscribe((event) => {
      queue.push(event)
      notify()
    })
    signal.addEventListener('abort', () => notify())
    try {
      while (!signal.aborted) {
        const next = queue.shift()
        if (next) yield next
        else await new Promise<void>((resolve) => (notify = resolve))
      }
    } finally {
      stop()
    }
  }

  /** One try; resolves when the stream ended, true if it was ever open. */
  async #connectOnce(): Promise<boolean> {
    let opened = false
    let endpoint: Endpoint | null = null
    // a change reported while the host is asked must end this try, so the controller comes first
    this.#stream = new AbortController()
    const { signal } = this.#stream
    try {
      const answer = await this.#host.connect()
      if (answer.state === 'signed-out' || answer.state === 'failed') this.store.setState(answer, true)
      if (answer.state !== 'ready') return false
      endpoint = answer.endpoint
      const ready = { state: 'ready', endpoint } as const
      const onOpen = (): void => {
        opened = true
        this.store.setState(ready, true)
      }
      const onPosition = (id: string): void => {
        this.#lastEventId = id
      }
      const options = { lastEventId: this.#lastEventId, signal, onOpen, onPosition }
      const events = readEvents(endpoint, options, this.#fetch)
      for await (const event of events) this.#publish(event)
    } catch (thrown) {
      if (endpoint && thrown instanceof AppRequestError && thrown.status === 401) {
        this.#host.reject(endpoint.token)
        return true
      }
    }
    const before = this.store.getState()
    if (before.state === 'ready') this.store.setState({ state: 'lost', endpoint: before.endpoint }, true)
    else if (before.state === 'connecting' && endpoint) this.store.setState({ state: 'lost', endpoint }, true)
    return opened
  }

  #publish(event: SequencedEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Ends the stream or the pause, so that the loop asks the host again. */
  #restart(): void {
    this.#stream.abort()
    this.#wake()
  }

  /** Waits so long, or with null until woken. */
  async #pause(ms: number | null): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = ms === null ? undefined : setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Waits for the first connection; afterwards calls go out at once and fail in words if nobody answers. */
  #endpoint(): Promise<Endpoint> {
    return new Promise((resolve, reject) => {
      const settle = (state: ConnectionState): boolean => {
        if (state.state === 'connecting') return false
        if (state.state === 'ready') resolve(state.endpoint)
        else if (state.state === 'lost' && state.endpoint) resolve(state.endpoint)
        else reject(new AppRequestError("Homeport's daemon is not answering.", { code: 'unreachable' }))
        return true
      }
      if (settle(this.store.getState())) return
      const stop = this.store.subscribe((state) => {
        if (settle(state)) stop()
      })
    })
  }
}
