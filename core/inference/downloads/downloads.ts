import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Download, StartDownload } from '../../contract/downloads.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { wholeMessage } from '../../errors/whole-message.ts'
import { newId } from '../../lib/ids.ts'
import type { Logger } from '../../lib/logger.ts'
import { throttle } from '../../lib/throttle.ts'
import type { Downloads } from '../on-device-spec.ts'
import { alreadyThere, diskProblem, exists, freeBytesOf } from './disk.ts'
import { type DownloadEntry, type DownloadRun, describeDownload, sizeOf } from './download-entry.ts'
import {
  type DownloadJobOptions,
  partialFolder,
  receivedBytes,
  removePartials,
  runDownload
} from './download-job.ts'
import type { DownloadRecord, DownloadRepository } from './download-repository.ts'
import { partNames } from './part-names.ts'
import { type Patience, patience } from './persist.ts'
import { targetPath } from './target-path.ts'
import { TransferRate } from './transfer-rate.ts'

export interface DownloadsOptions extends Omit<DownloadJobOptions, 'freeBytes' | 'patience'> {
  repository: DownloadRepository
  /** How many run at the same time, as it is set now. */
  parallel: () => number
  logger: Logger
  /** At most twice a second for each. */
  onChange: (download: Download) => void
  onRemove: (id: string) => void
  freeBytes?: (folder: string) => Promise<number>
  patience?: Patience
}

export interface OpenDownloads extends Downloads {
  /** Another number of them may run. */
  parallelChanged(): void
  /** Stops what runs; it goes on when downloads are opened again. */
  close(): Promise<void>
}

const EVENT_INTERVAL_MS = 500

/** Takes up the downloads there were: what was running when the daemon ended goes on by itself. */
export async function openDownloads(options: DownloadsOptions): Promise<OpenDownloads> {
  const { repository, modelsDir, logger } = options
  const jobOptions: DownloadJobOptions = {
    ...options,
    freeBytes: options.freeBytes ?? freeBytesOf,
    patience: options.patience ?? patience
  }
  const entries = new Map<string, DownloadEntry>()
  let closed = false

  const addEntry = (record: DownloadRecord): DownloadEntry => {
    const entry: DownloadEntry = {
      record,
      received: 0,
      run: null,
      changed: throttle(() => {
        if (closed) return
        options.onChange(describeDownload(entry))
        // by now it may be set that more of them run
        startWaiting()
      }, EVENT_INTERVAL_MS)
    }
    entries.set(record.id, entry)
    return entry
  }

  const running = (): DownloadEntry[] => [...entries.values()].filter(({ run }) => run !== null)
  const remaining = (entry: DownloadEntry): number =>
    Math.max((sizeOf(entry.record) ?? 0) - entry.received, 0)

  /** Starts what waits, oldest first, while there is room for it. */
  const startWaiting = (): void => {
    for (const entry of entries.values()) {
      if (closed || running().length >= options.parallel()) return
      if (entry.record.state === 'queued' && entry.run === null) begin(entry)
    }
  }

  const begin = (entry: DownloadEntry): void => {
    const run: DownloadRun = {
      abort: new AbortController(),
      rate: new TransferRate(performance.now()),
      ended: Promise.resolve(),
      isVerifying: false,
      problem: null
    }
    entry.run = run
    run.ended = carryOut(entry, run)
      .catch((error: unknown) => logger.error({ error: String(error) }, 'A download could not be saved'))
      .finally(() => {
        entry.run = null
        if (entries.has(entry.record.id)) entry.changed.call()
        startWaiting()
      })
    entry.changed.call()
  }

  const carryOut = async (entry: DownloadEntry, run: DownloadRun): Promise<void> => {
    const { record } = entry
    try {
      record.modelId = await runDownload(record, jobOptions, observerOf(entry, run), run.abort.signal)
      record.state = 'done'
      record.problem = null
    } catch (error) {
      // whoever stopped it says what becomes of it
      if (run.abort.signal.aborted) return
      record.state = 'failed'
      record.problem = problemText(diskProblem(error), logger)
    }
    await repository.save(record)
  }

  const observerOf = (entry: DownloadEntry, run: DownloadRun) => ({
    save: () => repository.save(entry.record),
    received(total: number, arrived: number) {
      run.rate.add(arrived, performance.now())
      entry.received = total
      entry.changed.call()
    },
    verifying() {
      run.isVerifying = true
      entry.changed.call()
    },
    problem(problem: HomeportError | null) {
      run.problem = problem?.message ?? null
      entry.changed.call()
    },
    reservedBytes: () => running().reduce((sum, other) => sum + (other === entry ? 0 : remaining(other)), 0)
  })

  const stop = async (entry: DownloadEntry): Promise<void> => {
    entry.run?.abort.abort()
    await entry.run?.ended
  }

  const find = (id: string): DownloadEntry => {
    const entry = entries.get(id)
    if (entry === undefined) throw new HomeportError('not-found', 'There is no such download.')
    return entry
  }

  const enqueue = async (entry: DownloadEntry): Promise<Download> => {
    entry.record.state = 'queued'
    entry.record.problem = null
    await repository.save(entry.record)
    entry.changed.call()
    startWaiting()
    return describeDownload(entry)
  }

  const forget = async (entry: DownloadEntry): Promise<void> => {
    entries.delete(entry.record.id)
    entry.changed.cancel()
    await stop(entry)
    await removePartials(modelsDir, entry.record)
    await repository.delete(entry.record.id)
    options.onRemove(entry.record.id)
  }

  await mkdir(partialFolder(modelsDir), { recursive: true, mode: 0o700 })
  for (const record of repository.all()) addEntry(record).received = await receivedBytes(modelsDir, record)
  await removeStrays(modelsDir, [...entries.keys()])
  startWaiting()

  return {
    list: () => [...entries.values()].map(describeDownload),

    async start({ repo, file, revision }: StartDownload) {
      const target = targetPath(modelsDir, repo, file)
      partNames(file)
      const isThere = await exists(target)
      const existing = [...entries.values()].find(
        ({ record }) => targetPath(modelsDir, record.repo, record.file) === target
      )
      if (existing === undefined || existing.record.state === 'done') {
        if (isThere) throw alreadyThere()
        // its model was deleted since
        if (existing !== undefined) await forget(existing)
        return enqueue(addEntry(newRecord(repo, file, revision)))
      }
      const { record } = existing
      if (record.repo !== repo || record.file !== file || record.revision !== revision) {
        throw new HomeportError('conflict', 'Another file of this name is being downloaded.', {
          action: 'Cancel that download first.'
        })
      }
      return record.state === 'queued' ? describeDownload(existing) : enqueue(existing)
    },

    async setPaused(id, paused) {
      const entry = find(id)
      const { state } = entry.record
      if (state === 'done') throw new HomeportError('conflict', 'This download is complete.')
      if (!paused) return state === 'queued' ? describeDownload(entry) : enqueue(entry)
      if (state === 'failed') return describeDownload(entry)
      entry.record.state = 'paused'
      await stop(entry)
      await repository.save(entry.record)
      entry.changed.call()
      return describeDownload(entry)
    },

    async remove(id) {
      await forget(find(id))
    },

    parallelChanged: startWaiting,

    async close() {
      closed = true
      for (const entry of entries.values()) entry.changed.cancel()
      await Promise.all([...entries.values()].map(stop))
    }
  }
}

const newRecord = (repo: string, file: string, revision: string): DownloadRecord => ({
  id: newId(),
  repo,
  file,
  revision,
  commit: null,
  state: 'queued',
  problem: null,
  modelId: null,
  startedAt: Date.now(),
  files: []
})

function problemText(error: unknown, logger: Logger): string {
  if (error instanceof HomeportError) return wholeMessage(error)
  logger.error({ error: String(error) }, 'A download failed')
  return 'It failed for a reason that was not foreseen. The log says more.'
}

/** What no download goes on with. */
async function removeStrays(modelsDir: string, ids: readonly string[]): Promise<void> {
  const folder = partialFolder(modelsDir)
  for (const name of await readdir(folder)) {
    if (!ids.some((id) => name.startsWith(id))) await rm(join(folder, name), { recursive: true, force: true })
  }
}
