import { type LocalModelSettings, localModelSettingsSchema } from '../../contract/local-models.ts'
import type { LocalModelRecord, LocalModelRepository } from './local-model-repository.ts'
import { type ModelMeasures, type ModelMeasuresRepository, notMeasured } from './model-measures-repository.ts'
import type { ModelSettingsRepository } from './model-settings-repository.ts'

/** A model's record, how it is to be run, what was measured of it, and whether its files are there now. */
export interface KnownModel extends LocalModelRecord {
  missing: boolean
  settings: LocalModelSettings
  measures: ModelMeasures
}

export interface ModelListOptions {
  repository: LocalModelRepository
  settings: ModelSettingsRepository
  measures: ModelMeasuresRepository
}

type Entry = LocalModelRecord & { missing: boolean }

const defaultSettings = localModelSettingsSchema.parse({})

/** The models that are known, in memory and in the database. Knows nothing of the disk. */
export class ModelList {
  readonly #options: ModelListOptions
  readonly #settings: Map<string, LocalModelSettings>
  readonly #measures: Map<string, ModelMeasures>
  #entries: Entry[]

  constructor(options: ModelListOptions) {
    this.#options = options
    // taken to be there until the first scan says otherwise
    this.#entries = options.repository.all().map((record) => ({ ...record, missing: false }))
    this.#settings = options.settings.all()
    this.#measures = options.measures.all()
  }

  /** By name. */
  all(): KnownModel[] {
    return this.#entries.map((entry) => this.#known(entry))
  }

  find(id: string): KnownModel | undefined {
    return this.#findBy((entry) => entry.id === id)
  }

  at(path: string): KnownModel | undefined {
    return this.#findBy((entry) => entry.path === path)
  }

  async keep(record: LocalModelRecord): Promise<KnownModel> {
    await this.#options.repository.save(record)
    return this.#replace({ ...record, missing: false })
  }

  async forget(id: string): Promise<void> {
    await this.#options.repository.delete(id)
    this.#entries = this.#entries.filter((entry) => entry.id !== id)
  }

  setMissing(id: string, missing: boolean): void {
    const entry = this.#entries.find((known) => known.id === id)
    if (entry !== undefined) this.#replace({ ...entry, missing })
  }

  async saveSettings(id: string, settings: LocalModelSettings): Promise<void> {
    await this.#options.settings.save(id, settings)
    this.#settings.set(id, settings)
  }

  async saveMeasures(id: string, measures: Partial<ModelMeasures>): Promise<void> {
    const merged = { ...(this.#measures.get(id) ?? notMeasured), ...measures }
    this.#measures.set(id, merged)
    await this.#options.measures.save(id, merged)
  }

  /** An id that no model has, safe in addresses and after `on-device/`. */
  freeId(stem: string): string {
    const slug = stem
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[._-]+|[._-]+$/g, '')
      .slice(0, 100)
    const base = slug === '' ? 'model' : slug
    let id = base
    for (let number = 2; this.find(id) !== undefined; number += 1) id = `${base}-${number}`
    return id
  }

  #findBy(matches: (entry: Entry) => boolean): KnownModel | undefined {
    const entry = this.#entries.find(matches)
    return entry === undefined ? undefined : this.#known(entry)
  }

  #replace(entry: Entry): KnownModel {
    this.#entries = [...this.#entries.filter((other) => other.id !== entry.id), entry].sort(byName)
    return this.#known(entry)
  }

  #known(entry: Entry): KnownModel {
    return {
      ...entry,
      settings: this.#settings.get(entry.id) ?? defaultSettings,
      measures: this.#measures.get(entry.id) ?? notMeasured
    }
  }
}

const byName = (a: Entry, b: Entry) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id)
