import type { CacheSettings } from '../contract/settings.ts'
import type { Logger } from '../lib/logger.ts'
import type { Store } from '../store/store.ts'
import {
  deleteAllAnswers,
  deleteAnswersBefore,
  deleteBeyond,
  findAnswer,
  markAnswerUsed,
  putAnswer,
  readSize
} from './cache-repository.ts'
import { type CachedAnswer, packAnswer, unpackAnswer } from './cached-answer.ts'

const USE_NOTED_EVERY_MS = 60_000
/** Making room for some more at once spares doing it for each. */
const KEPT_SHARE = 0.9

/** Answers kept to be given again to the same request. */
export interface AnswerCache {
  settings(): CacheSettings
  /** Null when there is none, or only one kept longer ago than the settings, or `maxAgeMs`, allow. */
  find(key: string, maxAgeMs?: number): CachedAnswer | null
  /** Keeps an answer, in place of an older one. Nobody waits for it. */
  keep(key: string, answer: CachedAnswer): void
  size(): { entries: number; bytes: number }
  clear(): Promise<void>
  /** Forgets what is too old. `now` is in milliseconds UTC. */
  prune(now: number): Promise<void>
}

/** `now` is in milliseconds UTC. */
export function openAnswerCache(options: {
  store: Pick<Store, 'traces' | 'write'>
  settings: () => CacheSettings
  logger: Logger
  now?: () => number
}): AnswerCache {
  const { store, settings, logger, now = Date.now } = options
  /** Known from the first answer kept on. */
  let bytes: number | null = null

  const keep = async (key: string, answer: CachedAnswer): Promise<void> => {
    bytes ??= readSize(store.traces).bytes
    const [written] = await store.write('traces', [putAnswer(key, packAnswer(answer), now())], 'soon')
    bytes += Number(written?.rows[0]?.bytes ?? 0)
    const limit = settings().maxMegabytes * 1_000_000
    if (bytes <= limit) return
    await store.write('traces', [deleteBeyond(limit * KEPT_SHARE)])
    bytes = readSize(store.traces).bytes
  }

  const failed = (error: unknown): void => logger.warn({ error }, 'The cache could not be written')

  return {
    settings,
    find(key, maxAgeMs = Number.POSITIVE_INFINITY) {
      const maxAge = Math.min(maxAgeMs, settings().ttlSeconds * 1000)
      const row = findAnswer(store.traces, key, now() - maxAge)
      const answer = row ? unpackAnswer(row.answer) : null
      if (row && now() - row.usedAt >= USE_NOTED_EVERY_MS)
        store.write('traces', [markAnswerUsed(key, now())], 'soon').catch(failed)
      return answer
    },
    keep: (key, answer) => void keep(key, answer).catch(failed),
    size: () => readSize(store.traces),
    async clear() {
      await store.write('traces', [deleteAllAnswers])
      bytes = 0
    },
    async prune(time) {
      await store.write('traces', [deleteAnswersBefore(time - settings().ttlSeconds * 1000)])
      bytes = null
    }
  }
}
