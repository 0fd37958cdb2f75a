import { z } from 'zod'
import { type Provider, providerSchema } from '../contract/models.ts'
import type { Reader, Writer } from '../store/store.ts'

interface ProviderRow {
  id: string
  kind: string
  name: string
  base_url: string
  key_count: number
  options: string
  pricing: string
  models: string
  last_test: string | null
  created_at: number
}

const modelsSchema = z.array(z.string())
const optionsSchema = providerSchema.shape.options
const lastTestSchema = providerSchema.shape.lastTest

const toProvider = (row: ProviderRow): Provider => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  baseUrl: row.base_url,
  hasKey: row.key_count > 0,
  keyCount: row.key_count,
  options: optionsSchema.parse(JSON.parse(row.options)),
  pricing: row.pricing,
  models: modelsSchema.parse(JSON.parse(row.models)),
  createdAt: row.created_at,
  lastTest: row.last_test === null ? null : lastTestSchema.parse(JSON.parse(row.last_test))
})

/** The table `providers`. */
export class ProviderRepository {
  readonly #store: Writer & { readonly homeport: Reader }

  constructor(store: Writer & { readonly homeport: Reader }) {
    this.#store = store
  }

  /** All of them, in the order they were added. */
  list(): Provider[] {
    return this.#store.homeport
      .all<ProviderRow>('SELECT * FROM providers ORDER BY created_at, id')
      .map(toProvider)
  }

  /** Resolves when it is on disk. Replaces the one of the same id. */
  async save(provider: Provider): Promise<void> {
    await this.#store.write('homeport', [
      {
        sql: `INSERT INTO providers (id, kind, name, base_url, has_key, key_count, options, pricing, models,
                last_test, created_at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              ON CONFLICT (id) DO UPDATE SET
                kind = excluded.kind, name = excluded.name, base_url = excluded.base_url,
                has_key = excluded.has_key, key_count = excluded.key_count, options = excluded.options,
                pricing = excluded.pricing, models = excluded.models, last_test = excluded.last_test`,
        params: [
          provider.id,
          provider.kind,
          provider.name,
          provider.baseUrl,
          provider.hasKey ? 1 : 0,
          provider.keyCount,
          JSON.stringify(provider.options),
          provider.pricing,
          JSON.stringify(provider.models),
          provider.lastTest && JSON.stringify(provider.lastTest),
          provider.createdAt
        ]
      }
    ])
  }

  async delete(id: string): Promise<void> {
    await this.#store.write('homeport', [{ sql: 'DELETE FROM providers WHERE id = ?', params: [id] }])
  }
}
