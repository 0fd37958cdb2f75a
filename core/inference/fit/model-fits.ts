import type { EngineDevice } from '../../contract/engine-frames.ts'
import {
  type LocalModelSettings,
  localModelSettingsSchema,
  type ModelFit
} from '../../contract/local-models.ts'
import { type FitModel, fitOf, type PlacedFit } from './fit.ts'
import { readMachine } from './machine.ts'
import { type MemoryBudget, memoryBudget } from './memory-budget.ts'

export interface ModelFitsOptions {
  /** As the engine named them before any model was loaded. The same array as long as they are the same. */
  devices: () => readonly EngineDevice[]
  /** What the person lets models take; null: as much as is sensible. */
  limitMegabytes: () => number | null
}

const unset = localModelSettingsSchema.parse({})

/** How the models of this machine fit it. Worked out once, and again when the machine, the limit or the settings change. */
export class ModelFits {
  readonly #options: ModelFitsOptions
  #budget: { devices: readonly EngineDevice[]; limit: number | null; value: MemoryBudget } | null = null
  #fits = new WeakMap<object, { settings: LocalModelSettings; fit: PlacedFit }>()

  constructor(options: ModelFitsOptions) {
    this.#options = options
  }

  budget(): MemoryBudget {
    const devices = this.#options.devices()
    const limit = this.#options.limitMegabytes()
    if (this.#budget?.devices !== devices || this.#budget.limit !== limit) {
      this.#budget = { devices, limit, value: memoryBudget(readMachine({ devices: [...devices] }), limit) }
      this.#fits = new WeakMap()
    }
    return this.#budget.value
  }

  of(model: FitModel & { settings: LocalModelSettings }): PlacedFit {
    const budget = this.budget()
    const { shape, settings } = model
    const known = shape === null ? undefined : this.#fits.get(shape)
    if (known?.settings === settings) return known.fit
    const fit = fitOf(model, budget, settings)
    if (shape !== null) this.#fits.set(shape, { settings, fit })
    return fit
  }

  /** Of a model that is not here yet. */
  ofOffered(model: FitModel): ModelFit {
    return shownFit(fitOf(model, this.budget(), unset))
  }
}

/** What of a fit is for others. */
export function shownFit({ parallel: _, ...fit }: PlacedFit): ModelFit {
  return fit
}
