import { type Alias, saveAliasSchema } from '../contract/aliases.ts'
import type { Reader, Writer } from '../store/store.ts'

interface AliasRow {
  name: string
  definition: string
}

/** The table `aliases`. */
export class AliasRepository {
  readonly #store: Writer & { readonly homeport: Reader }

  constructor(store: Writer & { readonly homeport: Reader }) {
    this.#store = store
  }

  list(): Alias[] {
    return this.#store.homeport
      .all<AliasRow>('SELECT name, definition FROM aliases ORDER BY name')
      .map(({ name, definition }) => ({ name, ...saveAliasSchema.parse(JSON.parse(definition)) }))
  }

  /** Resolves when all are on disk, or none is. Replaces those of the same names. */
  async save(aliases: readonly Alias[]): Promise<void> {
    const now = Date.now()
    await this.#store.write(
      'homeport',
      aliases.map(({ name, ...definition }) => ({
        sql: `INSERT INTO aliases (name, definition, created_at) VALUES (?, ?, ?)
              ON CONFLICT (name) DO UPDATE SET definition = excluded.definition`,
        params: [name, JSON.stringify(definition), now]
      }))
    )
  }

  async delete(name: string): Promise<void> {
    await this.#store.write('homeport', [{ sql: 'DELETE FROM aliases WHERE name = ?', params: [name] }])
  }
}
