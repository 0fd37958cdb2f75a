import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HomeportError } from '../../errors/homeport-error.ts'
import { GgufError } from '../files/gguf-cursor.ts'
import { fileUrl } from '../hub/hub-address.ts'
import type { HubHttp } from '../hub/hub-http.ts'
import { alreadyThere, exists, moveIntoPlace, requireSpace } from './disk.ts'
import type { DownloadRecord, FileFacts } from './download-repository.ts'
import { fetchFile } from './fetch-file.ts'
import { commitOf, FileChanged, factsOf, refuseChanged } from './file-facts.ts'
import { hashFile } from './hash-file.ts'
import { partNames } from './part-names.ts'
import { type Patience, persist } from './persist.ts'
import { targetPath } from './target-path.ts'

export interface DownloadJobOptions {
  http: HubHttp
  hub: () => URL
  modelsDir: string
  /** Looks into the files of a model, in order; rejects with a `GgufError` for what must not be loaded. */
  check: (paths: readonly string[]) => Promise<unknown>
  /** Told of a model's new file; resolves with the model's id. */
  installed: (path: string) => Promise<string>
  /** SHA-256 of a file, in hex, where it is known without the hub. */
  knownSha256: (repo: string, file: string) => string | null
  freeBytes: (folder: string) => Promise<number>
  patience: Patience
}

/** Told while a download goes on. */
export interface DownloadObserver {
  save(): Promise<void>
  /** How much is there, and how much of it has just arrived. */
  received(total: number, arrived: number): void
  verifying(): void
  /** Why it is waiting to try again; null when it goes on. */
  problem(problem: HomeportError | null): void
  /** What other downloads will still write. */
  reservedBytes(): number
}

const SPACE_CHECK_BYTES = 64 << 20
const MAX_CHANGES = 3
const unknown: FileFacts = { sizeBytes: null, sha256: null, etag: null }

/** Where what has arrived of a download is kept: on the volume of the models, and where no model is looked for. */
export const partialFolder = (modelsDir: string): string => join(modelsDir, '.partial')

/**
 * Brings one model into the models folder, going on with what is there of it; resolves with the model's id. `record` is
 * kept up to date. Nothing appears under the model's name before every byte of it was verified.
 */
export async function runDownload(
  record: DownloadRecord,
  options: DownloadJobOptions,
  observer: DownloadObserver,
  signal: AbortSignal
): Promise<string> {
  const job = new DownloadJob(record, options, observer, signal)
  await mkdir(partialFolder(options.modelsDir), { recursive: true, mode: 0o700 })
  for (let changes = 1; ; changes += 1) {
    try {
      await job.fetch()
      break
    } catch (error) {
      if (!(error instanceof FileChanged)) throw error
      if (changes === MAX_CHANGES) {
        throw new HomeportError('upstream-failed', 'The file is another one each time it is asked for.')
      }
      await job.forget()
    }
  }
  return job.install()
}

/** Deletes what has arrived of a download. */
export async function removePartials(modelsDir: string, { id, file }: DownloadRecord): Promise<void> {
  for (const [index] of partNames(file).entries())
    await rm(partialPath(modelsDir, id, index), { force: true })
}

/** How much has arrived of a download. */
export async function receivedBytes(modelsDir: string, { id, file }: DownloadRecord): Promise<number> {
  const sizes = partNames(file).map((_, index) => sizeOfFile(partialPath(modelsDir, id, index)))
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** 0 when there is none. */
const sizeOfFile = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0
  )

const partialPath = (modelsDir: string, id: string, index: number): string =>
  join(partialFolder(modelsDir), `${id}-${index + 1}.part`)

interface Part {
  index: number
  /** At the hub. */
  file: string
  partial: string
  target: string
  /** It lies at its target: the daemon ended in the middle of moving. */
  isPlaced: boolean
  received: number
}

class DownloadJob {
  readonly #record: DownloadRecord
  readonly #options: DownloadJobOptions
  readonly #observer: DownloadObserver
  readonly #signal: AbortSignal
  readonly #parts: Part[]
  #uncheckedBytes = 0

  constructor(
    record: DownloadRecord,
    options: DownloadJobOptions,
    observer: DownloadObserver,
    signal: AbortSignal
  ) {
    this.#record = record
    this.#options = options
    this.#observer = observer
    this.#signal = signal
    const first = targetPath(options.modelsDir, record.repo, record.file)
    const targets = partNames(first)
    this.#parts = partNames(record.file).map((file, index) => ({
      index,
      file,
      partial: partialPath(options.modelsDir, record.id, index),
      target: targets[index] ?? first,
      isPlaced: false,
      received: 0
    }))
  }

  async fetch(): Promise<void> {
    for (const part of this.#parts) {
      part.received = await sizeOfFile(part.partial)
      await this.#findPlaced(part)
    }
    for (const part of this.#parts) {
      if (this.#facts(part).sizeBytes === null) await this.#persist(() => this.#inspect(part))
    }
    for (const part of this.#parts) if (!part.isPlaced) await this.#fetchPart(part)
  }

  /** What came is of another file than the hub has now. */
  async forget(): Promise<void> {
    await removePartials(this.#options.modelsDir, this.#record)
    for (const part of this.#parts) this.#setReceived(part, 0)
    this.#record.commit = null
    this.#record.files = this.#parts.map(() => unknown)
    await this.#observer.save()
  }

  async install(): Promise<string> {
    this.#observer.verifying()
    const { check, installed } = this.#options
    const first = this.#parts[0]?.target ?? ''
    try {
      await check(this.#parts.map(({ isPlaced, target, partial }) => (isPlaced ? target : partial)))
    } catch (error) {
      if (!(error instanceof GgufError)) throw error
      await removePartials(this.#options.modelsDir, this.#record)
      throw new HomeportError('model-broken', `The file cannot be used: ${error.message}.`, {
        action: 'Choose another file of this model.'
      })
    }
    this.#signal.throwIfAborted()
    // the first part stands for the model, so it comes last
    for (const part of this.#parts.toReversed()) {
      if (!part.isPlaced) await moveIntoPlace(part.partial, part.target)
    }
    return installed(first)
  }

  #facts({ index }: Part): FileFacts {
    return this.#record.files[index] ?? unknown
  }

  async #learn(part: Part, facts: FileFacts, commit: string | null): Promise<void> {
    const before = this.#facts(part)
    const { repo, file, revision } = this.#record
    const sha256 =
      facts.sha256 ?? (revision === 'main' && part.index === 0 ? this.#options.knownSha256(repo, file) : null)
    const isNew =
      before.sizeBytes !== facts.sizeBytes || before.sha256 !== sha256 || before.etag !== facts.etag
    if (!isNew && (commit === null || this.#record.commit !== null)) return
    this.#record.files = this.#parts.map((other) =>
      other === part ? { ...facts, sha256 } : this.#facts(other)
    )
    this.#record.commit ??= commit
    await this.#observer.save()
  }

  async #findPlaced(part: Part): Promise<void> {
    if (part.isPlaced || !(await exists(part.target))) return
    const { sizeBytes, sha256 } = this.#facts(part)
    const there = await hashFile(part.target, this.#signal)
    const isSame =
      sizeBytes !== null && there.sizeBytes === sizeBytes && (sha256 ?? there.sha256) === there.sha256
    if (!isSame || (await exists(part.partial))) throw alreadyThere()
    part.isPlaced = true
    this.#setReceived(part, there.sizeBytes)
  }

  /** Size and hash are known before the first byte is asked for. A hub that does not know HEAD says them later. */
  async #inspect(part: Part): Promise<void> {
    const { http } = this.#options
    const hub = this.#options.hub()
    const response = await http.send({
      method: 'HEAD',
      hub,
      url: fileUrl(hub, this.#source(part)),
      headers: {},
      signal: this.#signal,
      stayAtHub: true
    })
    response.body.destroy()
    if (response.status === 405 || response.status === 501) return
    if (response.status >= 400) throw await http.problemOf(response, hub, this.#record.repo)
    await this.#learn(part, refuseChanged(this.#facts(part), factsOf(response, 0)), commitOf(response))
  }

  async #fetchPart(part: Part): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const sha256 = await this.#persist(() => this.#fetchOnce(part))
      const expected = this.#facts(part).sha256
      if (expected === null || expected === sha256) return
      await rm(part.partial, { force: true })
      this.#setReceived(part, 0)
      if (attempt === 2) {
        throw new HomeportError(
          'upstream-failed',
          'The file arrived damaged, twice: it is not what the hub says it is.',
          {
            action: 'Try again later, or without the mirror.'
          }
        )
      }
    }
  }

  async #fetchOnce(part: Part): Promise<string> {
    this.#uncheckedBytes = SPACE_CHECK_BYTES
    return fetchFile({
      http: this.#options.http,
      hub: this.#options.hub(),
      source: this.#source(part),
      path: part.partial,
      facts: this.#facts(part),
      signal: this.#signal,
      onFacts: async (facts, commit) => {
        await this.#learn(part, facts, commit)
        await this.#requireSpace()
      },
      onBytes: async (count, arrived) => {
        if (arrived > 0) this.#observer.problem(null)
        this.#uncheckedBytes += arrived
        this.#setReceived(part, count, arrived)
        if (this.#uncheckedBytes >= SPACE_CHECK_BYTES) await this.#requireSpace()
      }
    })
  }

  async #requireSpace(): Promise<void> {
    this.#uncheckedBytes = 0
    const { freeBytes, modelsDir } = this.#options
    const needed = this.#parts.reduce(
      (sum, part) => sum + Math.max((this.#facts(part).sizeBytes ?? 0) - part.received, 0),
      0
    )
    requireSpace((await freeBytes(modelsDir)) - this.#observer.reservedBytes(), needed)
  }

  #source({ file }: Part) {
    const { repo, commit, revision } = this.#record
    return { repo, file, revision: commit ?? revision }
  }

  #setReceived(part: Part, count: number, arrived = 0): void {
    part.received = count
    this.#observer.received(this.#receivedBytes(), arrived)
  }

  #receivedBytes(): number {
    return this.#parts.reduce((sum, { received }) => sum + received, 0)
  }

  #persist<T>(attempt: () => Promise<T>): Promise<T> {
    return persist(attempt, {
      patience: this.#options.patience,
      received: () => this.#receivedBytes(),
      onRetry: (problem) => this.#observer.problem(problem),
      signal: this.#signal
    })
  }
}
