import { HomeportError } from '../../errors/homeport-error.ts'
import type { Store } from '../../store/store.ts'
import type { SourceRecord } from './source-record.ts'
import { deleteSource, putSource, readSources } from './source-repository.ts'

/** The sources there are, in memory and in the database. */
export interface Sources {
  list(): SourceRecord[]
  get(id: string): SourceRecord | null
  /** Throws `not-found`. */
  find(id: string): SourceRecord
  /** In memory at once; resolves when it is kept. */
  save(source: SourceRecord): Promise<void>
  delete(id: string): Promise<void>
}

export function openSources({ store }: { store: Store }): Sources {
  const sources = new Map(readSources(store.homeport).map((source) => [source.id, source]))
  const get = (id: string): SourceRecord | null => sources.get(id) ?? null
  return {
    list: () => [...sources.values()].toSorted((left, right) => left.name.localeCompare(right.name)),
    get,
    find(id) {
      const source = get(id)
      if (!source) throw new HomeportError('not-found', `There is no source “${id}”`)
      return source
    },
    async save(source) {
      sources.set(source.id, source)
      await store.write('homeport', [putSource(source)])
    },
    async delete(id) {
      sources.delete(id)
      await store.write('homeport', [deleteSource(id)])
    }
  }
}
