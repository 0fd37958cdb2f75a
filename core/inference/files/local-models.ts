import { type FSWatcher, watch } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve } from 'node:path'
import type { LocalModel } from '../../contract/local-models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Logger } from '../../lib/logger.ts'
import { GgufError } from './gguf-cursor.ts'
import type { GgufSummary } from './gguf-header.ts'
import type { LocalModelRecord, LocalModelRepository } from './local-model-repository.ts'
import { findModels, isModelName, type ModelFiles, statModel, stemOf } from './model-files.ts'

export interface LocalModelsOptions {
  repository: LocalModelRepository
  modelsDir: string
  /** Looks into the files of a model; rejects with a `GgufError` for what must not be loaded. */
  check: (paths: readonly string[]) => Promise<GgufSummary>
  logger: Logger
  /** Called after the list changed. */
  onChange: () => void
}

/** A model's record, and whether its files are there now. */
export interface KnownModel extends LocalModelRecord {
  missing: boolean
}

const WATCH_DEBOUNCE_MS = 500
const COMPANION = 'it belongs to a vision model and cannot answer by itself'

/**
 * Knows the GGUF files of this machine: all in the models folder, and those added by their path. Each is checked before
 * anything else may open it, and again whenever its size or time changes.
 */
export class LocalModels {
  readonly #options: LocalModelsOptions
  #models: KnownModel[]
  #watcher: FSWatcher | null = null
  #debounce: NodeJS.Timeout | undefined
  /** Scans and additions run one after the other, so that no two of them take the same id. */
  #work: Promise<unknown> = Promise.resolve()
  #nextScan: Promise<void> | null = null

  constructor(options: LocalModelsOptions) {
    this.#options = options
    // taken to be there until the first scan says otherwise
    this.#models = options.repository.all().map((record) => ({ ...record, missing: false }))
  }

  /** Creates the models folder if need be and watches it. */
  async open(): Promise<void> {
    const { modelsDir, logger } = this.#options
    await mkdir(modelsDir, { recursive: true, mode: 0o700 })
    try {
      this.#watcher = watch(modelsDir, { recursive: true, persistent: false }, () => this.#onFolderEvent())
      this.#watcher.on('error', (error) =>
        logger.warn({ error: error.message }, 'models folder is not watched')
      )
    } catch (error) {
      logger.warn({ error: String(error) }, 'models folder is not watched')
    }
  }

  close(): void {
    clearTimeout(this.#debounce)
    this.#watcher?.close()
  }

  /** As of the last scan. */
  known(): readonly KnownModel[] {
    return this.#models
  }

  /** Looks at the disk. Calls that come while a scan is waiting to start share it. */
  scan(): Promise<void> {
    this.#nextScan ??= this.#exclusively(async () => {
      this.#nextScan = null
      await this.#scan()
    })
    return this.#nextScan
  }

  /**
   * The files of a model, fit to be loaded this moment. Throws `not-found` for an unknown id or files that are gone,
   * `model-broken` for files that failed their check.
   */
  async usable(id: string): Promise<KnownModel> {
    let model = this.#find(id)
    const files = model === undefined ? null : await statModel(model.path)
    if (model === undefined || files === null || !isCurrent(model, files)) {
      await this.scan()
      model = this.#find(id)
    }
    if (model === undefined) {
      throw new HomeportError('not-found', `There is no on-device model “${id}”.`, { param: 'model' })
    }
    if (model.missing) {
      throw new HomeportError('not-found', `The file of “${model.name}” is not where it was.`, {
        action: 'Put the file back, or remove the model and add it from its new place.',
        param: 'model'
      })
    }
    if (model.problem !== null) throw broken(model.name, model.problem)
    return model
  }

  /**
   * Adds a file by its full path, or returns the model it already is. Throws `bad-request` when there is no such GGUF
   * file and `model-broken` when it fails its check; nothing is kept then.
   */
  add(path: string): Promise<KnownModel> {
    return this.#exclusively(async () => {
      if (!isAbsolute(path)) throw badPath('Give the full path of the model file.')
      const absolute = resolve(path)
      const fileName = basename(absolute)
      if (!/\.gguf$/i.test(fileName)) throw badPath('A model is a file whose name ends in .gguf.')
      if (!isModelName(fileName)) throw badPath('Of a split model, add the part that is numbered 00001.')
      const files = await statModel(absolute)
      if (files === null) throw badPath('There is no such file, or a part of the model is missing.')

      const existing = this.#models.find((model) => model.path === absolute)
      const origin = existing?.origin ?? (this.#isInFolder(absolute) ? 'folder' : 'added')
      const record = await this.#examine(files, origin, existing)
      if (record.problem !== null) throw broken(record.name, record.problem)
      await this.#keep({ ...record, missing: false })
      this.#options.onChange()
      return { ...record, missing: false }
    })
  }

  /** Forgets a model that was added by its path; its file stays. Throws `not-found`, or `conflict` for one in the folder. */
  remove(id: string): Promise<void> {
    return this.#exclusively(async () => {
      const model = this.#find(id)
      if (model === undefined) throw new HomeportError('not-found', `There is no on-device model “${id}”.`)
      if (model.origin === 'folder') {
        throw new HomeportError('conflict', `“${model.name}” lies in the models folder.`, {
          action: 'Delete or move its file, and it is gone from the list.'
        })
      }
      await this.#forget(model)
      this.#options.onChange()
    })
  }

  async #scan(): Promise<void> {
    const inFolder = new Set(await findModels(this.#options.modelsDir))
    let changed = false
    for (const model of [...this.#models]) {
      if (model.origin === 'added' || inFolder.has(model.path)) continue
      await this.#forget(model)
      changed = true
    }
    const paths = new Set([...inFolder, ...this.#models.map((model) => model.path)])
    for (const path of paths) {
      const before = this.#models.find((model) => model.path === path)
      const files = await statModel(path)
      if (files === null) {
        if (before === undefined || before.missing) continue
        this.#replace({ ...before, missing: true })
      } else if (before !== undefined && isCurrent(before, files)) {
        if (!before.missing) continue
        this.#replace({ ...before, missing: false })
      } else {
        const record = await this.#examine(files, before?.origin ?? 'folder', before)
        await this.#keep({ ...record, missing: false })
      }
      changed = true
    }
    if (changed) this.#options.onChange()
  }

  async #examine(
    files: ModelFiles,
    origin: LocalModel['origin'],
    before: KnownModel | undefined
  ): Promise<LocalModelRecord> {
    const stem = stemOf(basename(files.path))
    const record = {
      id: before?.id ?? this.#freeId(stem),
      path: files.path,
      origin,
      sizeBytes: files.sizeBytes,
      modifiedAt: files.modifiedAt,
      name: stem,
      architecture: null,
      parameters: null,
      quantization: null,
      contextTokens: null,
      chatTemplateSha256: null,
      problem: null
    }
    try {
      const { chatTemplate: _, ...summary } = await this.#options.check(files.parts)
      const problem = summary.architecture === 'clip' ? COMPANION : null
      return { ...record, ...summary, name: displayName(summary.name) ?? stem, problem }
    } catch (error) {
      if (!(error instanceof GgufError)) throw error
      this.#options.logger.warn({ model: record.id, problem: error.message }, 'model file refused')
      return { ...record, problem: error.message }
    }
  }

  #freeId(stem: string): string {
    const slug = stem
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[._-]+|[._-]+$/g, '')
      .slice(0, 100)
    const base = slug === '' ? 'model' : slug
    let id = base
    for (let number = 2; this.#find(id) !== undefined; number += 1) id = `${base}-${number}`
    return id
  }

  #find(id: string): KnownModel | undefined {
    return this.#models.find((model) => model.id === id)
  }

  async #keep(model: KnownModel): Promise<void> {
    await this.#options.repository.save(model)
    this.#replace(model)
  }

  #replace(model: KnownModel): void {
    this.#models = [...this.#models.filter((other) => other.id !== model.id), model].sort(byName)
  }

  async #forget(model: KnownModel): Promise<void> {
    await this.#options.repository.delete(model.id)
    this.#models = this.#models.filter((other) => other.id !== model.id)
  }

  #isInFolder(path: string): boolean {
    const inside = relative(this.#options.modelsDir, path)
    return (
      inside !== '' && !inside.startsWith('..') && !isAbsolute(inside) && inside.split(/[\\/]/).length <= 3
    )
  }

  #onFolderEvent(): void {
    clearTimeout(this.#debounce)
    this.#debounce = setTimeout(() => {
      this.scan().catch((error: unknown) =>
        this.#options.logger.error({ error: String(error) }, 'models folder could not be read')
      )
    }, WATCH_DEBOUNCE_MS)
    this.#debounce.unref()
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work)
    this.#work = result.catch(() => {})
    return result
  }
}

const isCurrent = (model: KnownModel, files: ModelFiles) =>
  model.sizeBytes === files.sizeBytes && model.modifiedAt === files.modifiedAt

const byName = (a: KnownModel, b: KnownModel) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id)

/** A model's own name, as long as it is fit to be shown in one line. */
function displayName(name: string | null): string | null {
  const line =
    name
      ?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim()
      .slice(0, 120) ?? ''
  return line === '' ? null : line
}

const badPath = (message: string) => new HomeportError('bad-request', message, { param: 'path' })

const broken = (name: string, problem: string) =>
  new HomeportError('model-broken', `“${name}” cannot be used: ${problem}.`, {
    action: 'Get the file again from where it came.',
    param: 'model'
  })
