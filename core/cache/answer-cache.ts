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
import { type AskedQuestion, createSimilarQuestions } from './similar-questions.ts'

const USE_NOTED_EVERY_MS = 60_000
/** Making room for some more at once spares doing it for each. */
const KEPT_SHARE = 0.9

/** The answer to a question that asks the same in other words. */
export interface SimilarAnswer {
  answer: CachedAnswer
  /** From 0 to 1. */
  similarity: number
  /** The call that was answered so. */
  traceId: string
}

/** Answers kept to be given again to the same request. */
export interface AnswerCache {
  settings(): CacheSettings
  /** Null when there is none, or only one kept longer ago than the settings, or `maxAgeMs`, allow. */
  find(key: string, maxAgeMs?: number): CachedAnswer | null
  /**
   * The answer to the nearest question that is at least as near as `threshold` (a cosine) and asks the same, word for word
   * but for those that say nothing or stand for each other. Null as `find`, and where questions cannot be compared now.
   */
  findSimilar(asked: AskedQuestion, threshold: number, maxAgeMs?: number): Promise<SimilarAnswer | null>
  /** Keeps an answer, in place of an older one; `asked` where similar questions may get it too. Nobody waits for it. */
  keep(key: string, answer: CachedAnswer, asked?: AskedQuestion & { traceId: string }): void
  size(): { entries: number; bytes: number }
  clear(): Promise<void>
  /** Forgets what is too old. `now` is in milliseconds UTC. */
  prune(now: number): Promise<void>
}

/** `now` is in milliseconds UTC. */
export function openAnswerCache(options: {
  store: Pick<Store, 'traces' | 'write'>
  settings: () => CacheSettings
  /** Vectors of length 1, in the texts' order. */
  embed: (texts: readonly string[]) => Promise<Float32Array[]>
  logger: Logger
  now?: () => number
}): AnswerCache {
  const { store, settings, embed, logger, now = Date.now } = options
  const similar = createSimilarQuestions(store.traces, embed)
  /** Known from the first answer kept on. */
  let bytes: number | null = null

  const keep = async (...[key, answer, asked]: Parameters<AnswerCache['keep']>): Promise<void> => {
    bytes ??= readSize(store.traces).bytes
    const question = asked ? similar.put(key, asked, asked.traceId) : null
    const statements = [putAnswer(key, packAnswer(answer), now()), ...(question ? [question] : [])]
    const [written] = await store.write('traces', statements, 'soon')
    bytes += Number(written?.rows[0]?.bytes ?? 0)
    const limit = settings().maxMegabytes * 1_000_000
    if (bytes <= limit) return
    await store.write('traces', [deleteBeyond(limit * KEPT_SHARE)])
    bytes = readSize(store.traces).bytes
  }

  const failed = (error: unknown): void => logger.warn({ error }, 'The cache could not be written')

  const oldest = (maxAgeMs = Number.POSITIVE_INFINITY): number =>
    now() - Math.min(maxAgeMs, settings().ttlSeconds * 1000)

  const find: AnswerCache['find'] = (key, maxAgeMs) => {
    const row = findAnswer(store.traces, key, oldest(maxAgeMs))
    const answer = row ? unpackAnswer(row.answer) : null
    if (row && now() - row.usedAt >= USE_NOTED_EVERY_MS)
      store.write('traces', [markAnswerUsed(key, now())], 'soon').catch(failed)
    return answer
  }

  return {
    settings,
    find,
    async findSimilar(asked, threshold, maxAgeMs) {
      try {
        const found = await similar.find(asked, threshold, oldest(maxAgeMs))
        const answer = found && find(found.key, maxAgeMs)
        return answer && { answer, similarity: found.similarity, traceId: found.traceId }
      } catch (error) {
        logger.warn({ error }, 'Questions could not be compared')
        return null
      }
    },
    keep: (...kept) => void keep(...kept).catch(failed),
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
