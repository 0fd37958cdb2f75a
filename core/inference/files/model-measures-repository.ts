import type { Reader, Writer } from '../../store/store.ts'

/** What was measured of a model on this machine; null where it was not yet. */
export interface ModelMeasures {
  promptTokensPerSecond: number | null
  outputTokensPerSecond: number | null
  /** Threads found best by trying. */
  calibratedThreads: number | null
  /** Milliseconds since 1970. */
  lastUsedAt: number | null
}

export const notMeasured: ModelMeasures = {
  promptTokensPerSecond: null,
  outputTokensPerSecond: null,
  calibratedThreads: null,
  lastUsedAt: null
}

interface Row {
  model_id: string
  prompt_tokens_per_second: number | null
  output_tokens_per_second: number | null
  calibrated_threads: number | null
  last_used_at: number | null
}

const SELECT = 'SELECT * FROM local_model_measures'
const SAVE = `
  INSERT OR REPLACE INTO local_model_measures (model_id, prompt_tokens_per_second, output_tokens_per_second,
    calibrated_threads, last_used_at)
  VALUES (?, ?, ?, ?, ?)`

/** What was measured of each model. */
export class ModelMeasuresRepository {
  readonly #store: Writer & { readonly homeport: Reader }

  constructor(store: Writer & { readonly homeport: Reader }) {
    this.#store = store
  }

  /** By model id. */
  all(): Map<string, ModelMeasures> {
    return new Map(
      this.#store.homeport.all<Row>(SELECT).map((row) => [
        row.model_id,
        {
          promptTokensPerSecond: row.prompt_tokens_per_second,
          outputTokensPerSecond: row.output_tokens_per_second,
          calibratedThreads: row.calibrated_threads,
          lastUsedAt: row.last_used_at
        }
      ])
    )
  }

  async save(modelId: string, measures: ModelMeasures): Promise<void> {
    const { promptTokensPerSecond, outputTokensPerSecond, calibratedThreads, lastUsedAt } = measures
    const params = [modelId, promptTokensPerSecond, outputTokensPerSecond, calibratedThreads, lastUsedAt]
    await this.#store.write('homeport', [{ sql: SAVE, params }])
  }
}
