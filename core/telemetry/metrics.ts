import type { Budget } from '../contract/budgets.ts'
import type { EngineStatus } from '../contract/local-models.ts'
import type { ExportStatus } from '../contract/telemetry.ts'
import type { CallProvider, EndedCall } from './export-call.ts'
import { CallMetrics } from './metrics-calls.ts'
import { budgetFamilies, engineFamilies, exportFamilies, processFamilies } from './metrics-states.ts'
import { toMetricsText } from './metrics-text.ts'

export interface MetricsOptions {
  /** Null for one that is no more. */
  provider(id: string): CallProvider | null
  budgets(): readonly Budget[]
  /** Null where the engine has not run yet: nobody starts it to measure it. */
  engine(): Promise<EngineStatus | null>
  export(): Promise<ExportStatus>
  /** Homeport's own. */
  version: string
}

/** What Prometheus reads. Counted from the start of the daemon on. */
export interface Metrics {
  /** Counts a call that has ended. */
  ended(call: Pick<EndedCall, 'summary' | 'outcome'>): void
  /** To be told the time between each two chunks of one streamed answer, in milliseconds. */
  chunkTimer(dialect: string, providerId: string, model: string): (gapMs: number) => void
  /** Prometheus text format 0.0.4. */
  text(): Promise<string>
}

export function createMetrics(options: MetricsOptions): Metrics {
  const calls = new CallMetrics(options.provider)
  return {
    ended: (call) => calls.ended(call),
    chunkTimer: (dialect, providerId, model) => calls.chunkTimer(dialect, providerId, model),
    async text() {
      const [engine, exported] = await Promise.all([options.engine(), options.export()])
      return toMetricsText([
        ...calls.families(),
        ...budgetFamilies(options.budgets()),
        ...(engine ? engineFamilies(engine) : []),
        ...exportFamilies(exported),
        ...processFamilies(options.version)
      ])
    }
  }
}
