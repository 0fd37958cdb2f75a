import { type LocalModelSettings, localModelSettingsSchema } from '../../contract/local-models.ts'
import type { Reader, Writer } from '../../store/store.ts'

const SELECT = 'SELECT model_id, settings FROM local_model_settings'
const SAVE = 'INSERT OR REPLACE INTO local_model_settings (model_id, settings) VALUES (?, ?)'

/** How each model is run, where the person chose. Kept by id, also while the model's file is away. */
export class ModelSettingsRepository {
  readonly #store: Writer & { readonly homeport: Reader }

  constructor(store: Writer & { readonly homeport: Reader }) {
    this.#store = store
  }

  /** By model id. What an older version saved and this one does not know has its default. */
  all(): Map<string, LocalModelSettings> {
    const rows = this.#store.homeport.all<{ model_id: string; settings: string }>(SELECT)
    return new Map(
      rows.flatMap(({ model_id, settings }) => {
        const parsed = localModelSettingsSchema.safeParse(JSON.parse(settings))
        return parsed.success ? [[model_id, parsed.data] as const] : []
      })
    )
  }

  async save(modelId: string, settings: LocalModelSettings): Promise<void> {
    await this.#store.write('homeport', [{ sql: SAVE, params: [modelId, JSON.stringify(settings)] }])
  }
}
