import type { Source } from '../../contract/knowledge.ts'
import type { Logger } from '../../lib/logger.ts'
import type { IndexStats } from '../../retrieval/knowledge-index.ts'
import { deleteIndexFile } from '../../store/index-file.ts'
import type { EmbedHost } from '../ingest/embed-host.ts'
import { createIngestWorker } from '../ingest/ingest-worker.ts'
import { indexTasks } from './index-tasks.ts'
import { type KeptSource, repeatLooks } from './repeated-looks.ts'
import { createRestingStats, noStats } from './resting-stats.ts'
import type { IndexFile, SourceRecord } from './source-record.ts'
import { sourceView } from './source-view.ts'
import { SourceWatch } from './source-watch.ts'
import type { Sources } from './sources.ts'

export interface IndexingOptions {
  sources: Sources
  dataDir: string
  embedHost: EmbedHost
  /** Closes connections that read an index file. */
  forget(indexPath: string): Promise<void>
  /** How an index stands that nothing is done to. */
  readStats(source: SourceRecord): Promise<IndexStats | null>
  onChange(): void
  logger: Logger
}

/** Keeps the indexes of all sources in agreement with their folders. */
export interface Indexing {
  /** Indexes and watches from now on: sources there are, and those that come. */
  begin(): void
  /** Takes up a source, after it was added or changed. */
  start(source: SourceRecord): Promise<void>
  /** Resolves when nothing has its index files open for writing. */
  stop(source: SourceRecord): Promise<void>
  /** Looks at all of its folder. */
  look(source: SourceRecord): void
  view(source: SourceRecord): Source
  indexPath(source: SourceRecord): string
  /** Of a source that is stopped, or of a file that nothing is done to. */
  deleteFile(source: SourceRecord, file: IndexFile): Promise<void>
  close(): Promise<void>
}

export function createIndexing(options: IndexingOptions): Indexing {
  const { sources, dataDir, onChange, logger } = options
  const running = new Map<string, KeptSource>()
  let begun = false
  let endRepeating = (): void => {}

  const tasks = indexTasks(sources, dataDir)
  const { keyOf, pathOf, sourceOf, filesOf } = tasks

  const logFailed = (what: string, error: unknown): void =>
    logger.error({ error: String(error) }, `Could not ${what}`)
  const guarded = (what: string, work: Promise<void>): void =>
    void work.catch((error: unknown) => logFailed(what, error))

  const resting = createRestingStats({
    read: options.readStats,
    onRead: onChange,
    onFailed: (error) => logFailed('read an index', error)
  })

  const worker = createIngestWorker(
    {
      status(status) {
        const source = sourceOf(status.key)
        if (!source) return
        running.get(source.id)?.statuses.set(status.key, status)
        resting.forget(source.id)
        if (source.nextFile && keyOf(source, source.nextFile) === status.key && status.state === 'ready')
          guarded('switch to another embedder', replaceFile(source, source.nextFile))
        onChange()
      },
      renewed(key) {
        const source = sourceOf(key)
        for (const file of source ? filesOf(source) : [])
          if (source && keyOf(source, file) === key)
            guarded('close an index', options.forget(pathOf(source, file)))
      },
      otherEmbedder(key) {
        const source = sourceOf(key)
        // made with an older version of its embedder: it answers by words until it is made anew
        if (source && !source.nextFile && keyOf(source, source.indexFile) === key)
          guarded('make an index anew', fillNext(source))
      },
      broken: (key, problem) => fail(key, problem),
      crashed(cause) {
        logger.error({ cause: String(cause) }, 'Indexing ended unexpectedly')
        for (const [id, { statuses }] of running)
          for (const key of statuses.keys()) if (sourceOf(key)?.id === id) fail(key, INTERRUPTED)
      }
    },
    options.embedHost
  )

  const fail = (key: string, problem: string): void => {
    const source = sourceOf(key)
    const one = source && running.get(source.id)
    if (!one) return
    const before = one.statuses.get(key) ?? { stats: noStats, indexBytes: 0 }
    one.statuses.set(key, { ...before, key, state: 'failed', problem, progress: null })
    onChange()
  }

  const look = (source: SourceRecord, paths: string[] | null): void => {
    const one = running.get(source.id)
    for (const file of filesOf(source)) {
      const task = tasks.of(source, file)
      // after a failure nobody knows what else was missed
      const isReady = one?.statuses.get(task.key)?.state !== 'failed'
      worker.look(task, isReady ? paths : null)
    }
  }

  const start = async (source: SourceRecord): Promise<void> => {
    if (!begun || source.paused || running.has(source.id)) return
    const watch = new SourceWatch(source.folder, (paths) => {
      const now = sources.get(source.id)
      if (now) look(now, paths)
    })
    const one: KeptSource = { watch, statuses: new Map() }
    running.set(source.id, one)
    worker.prepare()
    await watch.begin()
    if (running.get(source.id) === one) look(source, null)
  }

  const stop = async (source: SourceRecord): Promise<void> => {
    const one = running.get(source.id)
    running.delete(source.id)
    if (!one) return
    const status = one.statuses.get(keyOf(source, source.indexFile))
    if (status) resting.keep(source.id, status.stats)
    await one.watch?.close()
    for (const file of filesOf(source)) await worker.drop(keyOf(source, file))
  }

  const deleteFile = async (source: SourceRecord, file: IndexFile): Promise<void> => {
    await worker.drop(keyOf(source, file))
    await options.forget(pathOf(source, file))
    deleteIndexFile(pathOf(source, file))
  }

  const fillNext = async (source: SourceRecord): Promise<void> => {
    const { generation, embedder } = source.indexFile
    const changed = { ...source, nextFile: { generation: generation + 1, embedder } }
    await sources.save(changed)
    look(changed, null)
  }

  /** What was filled behind takes the place of what answered so far. */
  const replaceFile = async (source: SourceRecord, next: IndexFile): Promise<void> => {
    const old = source.indexFile
    await sources.save({ ...source, indexFile: next, nextFile: null })
    running.get(source.id)?.statuses.delete(keyOf(source, old))
    onChange()
    await deleteFile(source, old)
  }

  return {
    begin() {
      begun = true
      // what was only looked at so far is watched now
      running.clear()
      endRepeating = repeatLooks(running, (id) => {
        const source = sources.get(id)
        if (source) look(source, null)
      })
      for (const source of sources.list()) guarded('index a folder', start(source))
    },
    start,
    stop,
    look(source) {
      // where nothing is watched, how far a single look is has to be known, too
      if (!running.has(source.id)) running.set(source.id, { watch: null, statuses: new Map() })
      look(source, null)
    },
    view(source) {
      const one = running.get(source.id)
      return sourceView(source, {
        status: one?.statuses.get(keyOf(source, source.indexFile)) ?? null,
        nextStatus: (source.nextFile && one?.statuses.get(keyOf(source, source.nextFile))) ?? null,
        watchProblem: one?.watch?.problem ?? null,
        stats: resting.of(source, !one),
        indexPath: pathOf(source, source.indexFile)
      })
    },
    indexPath: (source) => pathOf(source, source.indexFile),
    deleteFile,
    async close() {
      endRepeating()
      for (const one of running.values()) await one.watch?.close()
      running.clear()
      await worker.close()
    }
  }
}

const INTERRUPTED = 'Indexing ended unexpectedly. It is tried again.'
