import type { EngineDevice, EngineModelState, FromEngine } from '../../contract/engine-frames.ts'

export interface ModelReportsOptions {
  models(): EngineModelState[]
  devices: { list(): EngineDevice[]; refresh(): Promise<void> }
  send(frame: FromEngine): void
}

const REPORT_MS = 250

/** Tells the daemon what is in memory: at once when a model came or went, otherwise a few times a second. */
export class ModelReports {
  readonly #options: ModelReportsOptions
  #timer: NodeJS.Timeout | null = null

  constructor(options: ModelReportsOptions) {
    this.#options = options
  }

  changed(isUrgent: boolean): void {
    if (isUrgent) this.#reportNow()
    else this.#reportSoon()
  }

  #reportSoon(): void {
    this.#timer ??= setTimeout(() => this.#report(), REPORT_MS)
  }

  #reportNow(): void {
    this.#report()
    // what is free on a GPU has to be asked for; where that fails, what it was before stands
    const soon = () => this.#reportSoon()
    this.#options.devices.refresh().then(soon, soon)
  }

  #report(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const { models, devices, send } = this.#options
    send({ type: 'models', models: models(), devices: devices.list() })
  }
}
