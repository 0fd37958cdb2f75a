import type { EngineModelState, FromEngine, ToEngine } from '../../contract/engine-frames.ts'
import { EngineError } from './engine-error.ts'
import { failureFrame, stoppedFrame } from './last-frame.ts'
import type { LoadedModel } from './loaded-model.ts'
import { ModelMemory, type ModelMemoryOptions } from './model-memory.ts'
import { type HostRequest, loadKeyOf, ModelSlot, needsPlace, type Purpose, purposeOf } from './model-slot.ts'

export interface ModelHostOptions extends Pick<ModelMemoryOptions, 'load' | 'freeBytes'> {
  send(frame: FromEngine): void
  /** Called when `states()` may give something else. `isUrgent` when a model came into memory or left it. */
  onChange(isUrgent: boolean): void
}

/**
 * The engine's models and the requests for them. Loads models as they are asked for, within a budget of memory: those
 * unused longest make room, and nothing that is being computed is interrupted for it. A model answers as many requests at
 * once as it can; those that wait take turns over their owners.
 */
export class ModelHost {
  readonly #options: ModelHostOptions
  readonly #slots = new Map<string, ModelSlot>()
  readonly #requests = new Map<number, { request: HostRequest; slot: ModelSlot }>()
  readonly #memory: ModelMemory
  #nextOrder = 1

  constructor(options: ModelHostOptions) {
    this.#options = options
    this.#memory = new ModelMemory({
      load: options.load,
      freeBytes: options.freeBytes,
      onLoading: (request) => {
        this.#announce(request)
        options.onChange(true)
      },
      onRefused: (slot, loadKey, error) => this.#refuse(slot, loadKey, error),
      onMoved: () => {
        options.onChange(true)
        this.#advance()
      }
    })
  }

  /** Whether anything is being computed. */
  get isComputing(): boolean {
    return [...this.#slots.values()].some((slot) => slot.computing > 0)
  }

  states(): EngineModelState[] {
    return [...this.#slots.values()].flatMap((slot) => slot.state() ?? [])
  }

  start({ id, owner, model, work }: Omit<Extract<ToEngine, { type: 'start' }>, 'type'>): void {
    const slot = this.#slotOf(model.path, purposeOf(work))
    const request: HostRequest = {
      ...{ id, owner, model, work },
      order: this.#nextOrder,
      loadKey: loadKeyOf(model),
      abort: new AbortController(),
      begun: false
    }
    this.#nextOrder += 1
    slot.idleMs = model.idleMs
    slot.waiting.add(request)
    this.#requests.set(id, { request, slot })
    this.#options.onChange(false)
    this.#advance()
  }

  /** Ends a request. One that is still waiting never starts. */
  cancel(id: number): void {
    const entry = this.#requests.get(id)
    if (entry === undefined) return
    this.#stop(entry.slot, entry.request, undefined)
    this.#advance()
  }

  /** Ends the requests of a model and takes it out of memory. */
  unload(path: string): void {
    for (const slot of this.#slots.values()) {
      if (slot.path !== path) continue
      const reason = new EngineError('failed', 'The model was unloaded before it had answered.')
      for (const request of [...slot.waiting, ...slot.active]) this.#stop(slot, request, reason)
      slot.isUnwanted = slot.phase.name === 'loaded'
    }
    this.#advance()
  }

  /** What all models together may take from now on. */
  setBudget(bytes: number): void {
    this.#memory.budgetBytes = bytes
    this.#advance()
  }

  #slotOf(path: string, purpose: Purpose): ModelSlot {
    const key = `${purpose} ${path}`
    const slot = this.#slots.get(key) ?? new ModelSlot(path, purpose)
    this.#slots.set(key, slot)
    return slot
  }

  /** Does whatever can be done now. Called after each change of anything. */
  #advance(): void {
    const slots = [...this.#slots.values()]
    for (const slot of slots) this.#reviewLoaded(slot)
    for (const slot of slots) this.#reviewLoading(slot)
    this.#memory.arrange(slots)
    for (const slot of slots) this.#admit(slot)
    for (const slot of slots) this.#settle(slot)
  }

  /** A model that is to be loaded otherwise still answers what came before that. */
  #reviewLoaded(slot: ModelSlot): void {
    const { phase } = slot
    const other =
      phase.name === 'loaded' ? slot.oldestWaiting(({ loadKey }) => loadKey !== phase.loadKey) : undefined
    slot.holdFrom = slot.isUnwanted ? 0 : (other?.order ?? Number.POSITIVE_INFINITY)
  }

  /** A load goes on as long as somebody waits for it, and one of them answers for it if it takes the process along. */
  #reviewLoading({ phase, waiting }: ModelSlot): void {
    if (phase.name !== 'loading' || phase.abort.signal.aborted) return
    const waitingForIt = [...waiting].filter(({ loadKey }) => loadKey === phase.loadKey)
    const [first] = waitingForIt
    if (first === undefined) phase.abort.abort()
    else if (!waitingForIt.some(({ begun }) => begun)) this.#announce(first)
  }

  #admit(slot: ModelSlot): void {
    const { phase, waiting } = slot
    if (phase.name !== 'loaded' || this.#isHeldUp(slot)) return
    const isNext = (request: HostRequest) =>
      request.order < slot.holdFrom &&
      request.loadKey === phase.loadKey &&
      (!needsPlace(request) || slot.computing < phase.model.info.parallel)
    for (let request = waiting.take(isNext); request !== undefined; request = waiting.take(isNext)) {
      slot.active.add(request)
      slot.lastUsedAt = Date.now()
      this.#announce(request)
      void this.#perform(slot, phase.model, request)
    }
  }

  /** A calibration computes alone, in a quiet moment: numbers measured beside other work are worth nothing. */
  #isHeldUp(slot: ModelSlot): boolean {
    const others = [...this.#slots.values()].filter((other) => other !== slot && other.computing > 0)
    return slot.purpose === 'calibration'
      ? others.length > 0
      : others.some(({ purpose }) => purpose === 'calibration')
  }

  async #perform(slot: ModelSlot, model: LoadedModel, request: HostRequest): Promise<void> {
    const { id, work, abort } = request
    const call = { id, signal: abort.signal, send: this.#options.send }
    let last: FromEngine
    try {
      last = await (work.kind === 'load'
        ? ({ type: 'result', id, result: { kind: 'loaded' } } as const)
        : model.perform(work, call))
      if (last.type === 'end' && last.finish === 'cancelled' && abort.signal.reason instanceof EngineError)
        last = failureFrame(id, abort.signal.reason)
    } catch (error) {
      last = abort.signal.aborted ? stoppedFrame(id, abort.signal.reason) : failureFrame(id, error)
    }
    slot.active.delete(request)
    slot.lastUsedAt = Date.now()
    this.#finish(request, last)
    this.#advance()
  }

  /** What is left to do with a model whose requests were looked after. */
  #settle(slot: ModelSlot): void {
    const { phase } = slot
    if (phase.name === 'empty' && slot.waiting.size === 0) {
      this.#slots.delete(`${slot.purpose} ${slot.path}`)
    } else if (phase.name === 'loaded') {
      const isOutdated =
        slot.isUnwanted || slot.oldestWaiting(({ loadKey }) => loadKey !== phase.loadKey) !== undefined
      const isDone = slot.isIdle && slot.purpose === 'calibration'
      if ((slot.active.size === 0 && isOutdated) || isDone) this.#memory.unload(slot)
      else this.#memory.watchIdle(slot)
    }
  }

  /** Tells the daemon, once, that what goes wrong from here on is this request's doing. */
  #announce(request: HostRequest): void {
    if (request.begun) return
    request.begun = true
    this.#options.send({ type: 'begin', id: request.id })
  }

  #stop(slot: ModelSlot, request: HostRequest, reason: unknown): void {
    if (slot.active.has(request)) {
      request.abort.abort(reason)
    } else {
      slot.waiting.remove(request)
      this.#finish(request, stoppedFrame(request.id, reason))
    }
  }

  #refuse(slot: ModelSlot, loadKey: string, error: unknown): void {
    for (const request of [...slot.waiting]) {
      if (request.loadKey !== loadKey) continue
      slot.waiting.remove(request)
      this.#finish(request, failureFrame(request.id, error))
    }
  }

  #finish({ id }: HostRequest, last: FromEngine): void {
    this.#requests.delete(id)
    this.#options.send(last)
    this.#options.onChange(false)
  }
}
