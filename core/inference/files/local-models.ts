import { mkdir, realpath, rm } from 'node:fs/promises'
import { basename, isAbsolute, resolve } from 'node:path'
import type { LocalModelSettings } from '../../contract/local-models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Logger } from '../../lib/logger.ts'
import { type CheckFiles, examineModel } from './examine-model.ts'
import { FolderWatch } from './folder-watch.ts'
import { fileFound } from './found-model.ts'
import { isModelName, statModel } from './model-files.ts'
import { type KnownModel, ModelList, type ModelListOptions } from './model-list.ts'
import type { ModelMeasures } from './model-measures-repository.ts'
import { badPath, broken, missing, notOurs, unknownModel } from './model-refusals.ts'
import { type Elsewhere, findModels, isInFolder } from './model-sources.ts'
import { isCurrent, scanModels } from './scan-models.ts'

export interface LocalModelsOptions extends ModelListOptions {
  modelsDir: string
  check: CheckFiles
  logger: Logger
  /** Called after the list changed. */
  onChange: () => void
  /** What the person has set; asked at each scan. */
  elsewhere: () => Elsewhere
  /** The person's home folder. */
  home: string
  /** For the variables that tell where other programs keep their models. */
  env: Readonly<Record<string, string | undefined>>
}

/**
 * Knows the GGUF files of this machine: those in the models folder, in further folders, of other programs, and those added
 * by their path. Each is checked before anything else may open it, and again whenever its size or time changes.
 */
export class LocalModels {
  readonly #options: LocalModelsOptions
  readonly #list: ModelList
  readonly #watch: FolderWatch
  /** Scans and additions run one after the other, so that no two of them take the same id. */
  #work: Promise<unknown> = Promise.resolve()
  #nextScan: Promise<void> | null = null
  #isClosed = false

  constructor(options: LocalModelsOptions) {
    this.#options = options
    this.#list = new ModelList(options)
    this.#watch = new FolderWatch(options.logger, () => this.#onFolderChange())
  }

  /** Creates the models folder if need be and watches it. */
  async open(): Promise<void> {
    const { modelsDir } = this.#options
    await mkdir(modelsDir, { recursive: true, mode: 0o700 })
    this.#watch.follow(modelsDir, [])
  }

  close(): void {
    this.#isClosed = true
    this.#watch.close()
  }

  /** As of the last scan, by name. */
  known(): readonly KnownModel[] {
    return this.#list.all()
  }

  /** As of the last scan. Throws `not-found`. */
  get(id: string): KnownModel {
    const model = this.#list.find(id)
    if (model === undefined) throw unknownModel(id)
    return model
  }

  /** Looks at the disk. Calls that come while a scan is waiting to start share it. */
  scan(): Promise<void> {
    this.#nextScan ??= this.#exclusively(async () => {
      this.#nextScan = null
      const { modelsDir, check, onChange, elsewhere, home, env } = this.#options
      const { found, folders } = await findModels({ modelsDir, elsewhere: elsewhere(), home, env })
      if (!this.#isClosed) this.#watch.follow(modelsDir, folders)
      if (await scanModels(this.#list, found, check)) onChange()
    })
    return this.#nextScan
  }

  /**
   * The files of a model, fit to be loaded this moment; its draft model is looked at, too, as the engine opens both.
   * Throws `not-found` for an unknown id or files that are gone, `model-broken` for files that failed their check.
   */
  async usable(id: string): Promise<KnownModel> {
    const model = await this.#current(id)
    if (model === undefined) throw unknownModel(id)
    if (model.missing) throw missing(model.name)
    if (model.problem !== null) throw broken(model.name, model.problem)
    if (model.settings.draftModel !== null) await this.#current(model.settings.draftModel)
    return model
  }

  /** The chat template as it is in the file now; null where there is none, or the file cannot be used. */
  async chatTemplate(id: string): Promise<string | null> {
    const model = this.get(id)
    const files = await statModel(model.path)
    if (files === null || model.problem !== null || model.chatTemplateSha256 === null) return null
    return (await this.#options.check(files.parts)).chatTemplate
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

      const before = await this.#atSameFile(absolute)
      const found = fileFound(
        before?.path ?? absolute,
        isInFolder(this.#options.modelsDir, before?.path ?? absolute) ? 'folder' : 'added'
      )
      const id = before?.id ?? this.#list.freeId(found.stem)
      const record = await examineModel(id, found, { ...files, path: found.path }, this.#options.check)
      if (record.problem !== null) throw broken(record.name, record.problem)
      const model = await this.#list.keep(record)
      this.#options.onChange()
      return model
    })
  }

  /**
   * Forgets a model that was added by its path, or deletes the files of one in the models folder. Throws `not-found`, and
   * `conflict` for the other two pairs and for a file that is not ours to remove.
   */
  remove(id: string, { deleteFile }: { deleteFile: boolean }): Promise<void> {
    return this.#exclusively(async () => {
      const model = this.get(id)
      if (model.origin !== (deleteFile ? 'folder' : 'added')) throw notOurs(model.name, model.origin)
      const files = deleteFile ? await statModel(model.path) : null
      for (const part of files?.parts ?? []) await rm(part, { force: true })
      await this.#list.forget(id)
      this.#options.onChange()
    })
  }

  /** Throws `not-found`, and `bad-request` for a draft model that there is not. */
  async saveSettings(id: string, settings: LocalModelSettings): Promise<KnownModel> {
    const { draftModel } = settings
    const draft = draftModel === null ? null : this.#list.find(draftModel)
    if (draft === undefined || draft?.id === this.get(id).id || (draft !== null && draft.kind !== 'chat')) {
      throw new HomeportError('bad-request', 'The draft model must be another chat model on this machine.', {
        param: 'draftModel'
      })
    }
    await this.#list.saveSettings(id, settings)
    this.#options.onChange()
    return this.get(id)
  }

  /** Keeps what was measured, beside what was before. The list's listeners are not told: it happens with every answer. */
  async saveMeasures(id: string, measures: Partial<ModelMeasures>): Promise<void> {
    await this.#list.saveMeasures(id, measures)
  }

  /** A model as its files are this moment. */
  async #current(id: string): Promise<KnownModel | undefined> {
    const model = this.#list.find(id)
    const files = model === undefined ? null : await statModel(model.path)
    if (model !== undefined && files !== null && isCurrent(model, files)) return model
    await this.scan()
    return this.#list.find(id)
  }

  async #atSameFile(path: string): Promise<KnownModel | undefined> {
    const real = await realpath(path)
    for (const model of this.#list.all()) {
      if ((await realpath(model.path).catch(() => null)) === real) return model
    }
    return undefined
  }

  #onFolderChange(): void {
    this.scan().catch((error: unknown) =>
      this.#options.logger.error({ error: String(error) }, 'models could not be looked up')
    )
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work)
    this.#work = result.catch(() => {})
    return result
  }
}
