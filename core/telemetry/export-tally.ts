import type { ExportStatus } from '../contract/telemetry.ts'
import type { Logger } from '../lib/logger.ts'

/** What became of calls since the start. */
export class ExportTally {
  sent = 0
  refused = 0
  lastSentAt: number | null = null
  lastError: ExportStatus['lastError'] = null
  readonly #logger: Logger

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** `problem`: what the collector said against a part of it. */
  taken(calls: number, problem: string | null): void {
    this.sent += calls
    this.lastSentAt = Date.now()
    if (problem === null) this.lastError = null
    else this.failed(problem)
  }

  dropped(calls: number, why: string): void {
    this.refused += calls
    this.failed(why)
  }

  failed(message: string): void {
    // once for each trouble, not once for each try
    if (this.lastError?.message !== message)
      this.#logger.warn({ problem: message }, 'Calls could not be exported.')
    this.lastError = { at: Date.now(), message }
  }
}
