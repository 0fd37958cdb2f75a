import type { EngineModel, EngineModelState, EngineWork } from '../../contract/engine-frames.ts'
import type { localModelKinds } from '../../contract/local-models.ts'
import type { LoadedModel } from './loaded-model.ts'
import { TurnQueue } from './turn-queue.ts'

/** What a model is loaded for. The same file for two purposes is in memory twice. */
export type Purpose = (typeof localModelKinds)[number] | 'calibration'

export interface HostRequest {
  readonly id: number
  readonly owner: string
  readonly model: EngineModel
  readonly work: EngineWork
  /** Requests are numbered from 1 as they come. */
  readonly order: number
  /** Requests of equal keys are answered by the same loaded model. */
  readonly loadKey: string
  readonly abort: AbortController
  /** Whether the daemon knows that it left the queue, or is what the model is being loaded for. */
  begun: boolean
}

type Phase =
  | { name: 'empty' }
  | { name: 'loading'; loadKey: string; bytes: number; abort: AbortController }
  | { name: 'loaded'; loadKey: string; bytes: number; model: LoadedModel; loadedAt: number }
  | { name: 'leaving'; bytes: number }
export type LoadedPhase = Extract<Phase, { name: 'loaded' }>

/** One model file for one purpose: whether it is in memory, and the requests for it. */
export class ModelSlot {
  readonly path: string
  readonly purpose: Purpose
  readonly waiting = new TurnQueue<HostRequest>()
  readonly active = new Set<HostRequest>()
  phase: Phase = { name: 'empty' }
  /** Requests of this order and later wait until the model was taken out of memory. */
  holdFrom = Number.POSITIVE_INFINITY
  /** To be taken out of memory whoever waits. */
  isUnwanted = false
  idleMs = 0
  lastUsedAt: number | null = null
  unload: { timer: NodeJS.Timeout; at: number } | null = null

  constructor(path: string, purpose: Purpose) {
    this.path = path
    this.purpose = purpose
  }

  get bytes(): number {
    return this.phase.name === 'empty' ? 0 : this.phase.bytes
  }

  /** In memory, and nobody wants anything of it. */
  get isIdle(): boolean {
    return this.phase.name === 'loaded' && this.active.size === 0 && this.waiting.size === 0
  }

  /** Requests that are being computed for; others take none of the model's places. */
  get computing(): number {
    return [...this.active].filter((request) => needsPlace(request)).length
  }

  oldestWaiting(isMeant: (request: HostRequest) => boolean = () => true): HostRequest | undefined {
    let oldest: HostRequest | undefined
    for (const request of this.waiting) {
      if (isMeant(request) && request.order < (oldest?.order ?? Number.POSITIVE_INFINITY)) oldest = request
    }
    return oldest
  }

  /** Null where nothing of it is in memory, nor is to be. */
  state(): EngineModelState | null {
    const { phase } = this
    if (phase.name === 'leaving' || (phase.name === 'empty' && this.waiting.size === 0)) return null
    const loaded = phase.name === 'loaded' ? phase : null
    const info = loaded?.model.info ?? { gpuLayers: 0, contextTokens: 0, parallel: 0, threads: 0 }
    return {
      ...info,
      path: this.path,
      state: loaded === null ? 'loading' : 'loaded',
      memoryBytes: this.bytes,
      active: this.active.size,
      waiting: this.waiting.size,
      loadedAt: loaded?.loadedAt ?? null,
      lastUsedAt: this.lastUsedAt,
      unloadsAt: this.unload?.at ?? null
    }
  }
}

/** Counting tokens needs the model, but computes nothing with it. */
export function needsPlace({ work }: HostRequest): boolean {
  return work.kind !== 'count' && work.kind !== 'load'
}

export function purposeOf(work: EngineWork): Purpose {
  if (work.kind === 'embed') return 'embedding'
  if (work.kind === 'rerank') return 'rerank'
  if (work.kind === 'calibrate') return 'calibration'
  return work.kind === 'load' ? (work.purpose ?? 'chat') : 'chat'
}

export function loadKeyOf({ idleMs: _, memoryBytes: __, ...options }: EngineModel): string {
  return JSON.stringify(options)
}
