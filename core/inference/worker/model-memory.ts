import type { EngineModel } from '../../contract/engine-frames.ts'
import type { LoadedModel } from './loaded-model.ts'
import { chooseVictims, doesNotFit, expectedBytes } from './memory-budget.ts'
import type { HostRequest, ModelSlot, Purpose } from './model-slot.ts'

export interface ModelMemoryOptions {
  /** Loads a model for a purpose. Rejects with an `EngineError` in words for the person. */
  load(purpose: Purpose, model: EngineModel, signal: AbortSignal): Promise<LoadedModel>
  /** Memory that nobody uses now. */
  freeBytes(): number
  /** Called when a model is about to be loaded for a request. */
  onLoading(request: HostRequest): void
  /** Called when the model that these requests wait for is not to be had. */
  onRefused(slot: ModelSlot, loadKey: string, error: unknown): void
  /** Called after a model came into memory or left it, or is about to. */
  onMoved(): void
}

/** What is in memory, and what makes room for what. Nothing that is being computed is interrupted for it. */
export class ModelMemory {
  /** What all models together may take. */
  budgetBytes = Number.POSITIVE_INFINITY
  readonly #options: ModelMemoryOptions
  /** What models were found to take, for the next time. */
  readonly #measuredBytes = new Map<string, number>()

  constructor(options: ModelMemoryOptions) {
    this.#options = options
  }

  /** Loads what is waited for, oldest request first, and takes out of memory what is in the way or over the budget. */
  arrange(slots: ModelSlot[]): void {
    const orderOf = (slot: ModelSlot) => slot.oldestWaiting()?.order ?? Number.POSITIVE_INFINITY
    const wanted = slots.filter(({ phase, waiting }) => phase.name === 'empty' && waiting.size > 0)
    for (const slot of wanted.toSorted((a, b) => orderOf(a) - orderOf(b))) {
      if (!this.#loadIfRoom(slot, slots)) return
    }
    this.#free(slots, stayingBytes(slots) - this.budgetBytes, Number.POSITIVE_INFINITY)
  }

  /** Takes a model out of memory that nobody uses. */
  unload(slot: ModelSlot): void {
    const { phase } = slot
    if (phase.name !== 'loaded') return
    this.#stay(slot)
    slot.isUnwanted = false
    slot.phase = { name: 'leaving', bytes: phase.bytes }
    const onGone = () => {
      slot.phase = { name: 'empty' }
      this.#options.onMoved()
    }
    phase.model.dispose().then(onGone, onGone)
  }

  /** Has a model unloaded once it was idle for as long as it may be. */
  watchIdle(slot: ModelSlot): void {
    if (!slot.isIdle) {
      this.#stay(slot)
    } else if (slot.unload === null && slot.idleMs > 0) {
      const timer = setTimeout(() => this.unload(slot), slot.idleMs).unref()
      slot.unload = { timer, at: Date.now() + slot.idleMs }
    }
  }

  #stay(slot: ModelSlot): void {
    clearTimeout(slot.unload?.timer)
    slot.unload = null
  }

  /** False when it has to wait for room. */
  #loadIfRoom(slot: ModelSlot, slots: ModelSlot[]): boolean {
    const request = slot.oldestWaiting()
    if (request === undefined) return true
    const bytes = this.#measuredBytes.get(measureKey(slot, request.loadKey)) ?? expectedBytes(request.model)
    const used = slots.reduce((sum, other) => sum + other.bytes, 0)
    // what models take now can be had, too
    const free = used + this.#options.freeBytes()
    const room = Math.min(this.budgetBytes, free)
    if (bytes > room) {
      this.#options.onRefused(slot, request.loadKey, doesNotFit(bytes, this.budgetBytes, free))
      return this.#loadIfRoom(slot, slots)
    }
    if (used + bytes <= room) {
      void this.#load(slot, request, bytes)
      return true
    }
    this.#free(slots, stayingBytes(slots) + bytes - room, request.order)
    return false
  }

  /** Takes models out of memory, busy ones once they have answered what came before `order`. */
  #free(slots: ModelSlot[], bytes: number, order: number): void {
    const loaded = slots.filter((slot) => slot.phase.name === 'loaded')
    for (const victim of chooseVictims(loaded, bytes)) {
      victim.holdFrom = Math.min(victim.holdFrom, order)
      const hasOlder = victim.oldestWaiting((request) => request.order < victim.holdFrom) !== undefined
      if (victim.active.size === 0 && !hasOlder) this.unload(victim)
    }
  }

  async #load(slot: ModelSlot, request: HostRequest, bytes: number): Promise<void> {
    const { loadKey, model } = request
    const abort = new AbortController()
    slot.phase = { name: 'loading', loadKey, bytes, abort }
    this.#options.onLoading(request)
    try {
      this.#onLoaded(slot, loadKey, await this.#options.load(slot.purpose, model, abort.signal))
    } catch (error) {
      slot.phase = { name: 'empty' }
      if (!abort.signal.aborted) this.#options.onRefused(slot, loadKey, error)
    }
    this.#options.onMoved()
  }

  #onLoaded(slot: ModelSlot, loadKey: string, model: LoadedModel): void {
    const bytes = model.info.memoryBytes
    slot.lastUsedAt = Date.now()
    slot.phase = { name: 'loaded', loadKey, bytes, model, loadedAt: Date.now() }
    this.#measuredBytes.set(measureKey(slot, loadKey), bytes)
    if (bytes > this.budgetBytes) {
      this.#options.onRefused(slot, loadKey, doesNotFit(bytes, this.budgetBytes, bytes))
    }
    // also one that was given up while it was loading
    if (slot.waiting.size === 0 || bytes > this.budgetBytes) this.unload(slot)
  }
}

const measureKey = (slot: ModelSlot, loadKey: string) => `${slot.purpose} ${loadKey}`

/** Bytes of what is not about to leave. */
const stayingBytes = (slots: ModelSlot[]) =>
  slots.reduce((sum, { phase, bytes }) => sum + (phase.name === 'leaving' ? 0 : bytes), 0)
