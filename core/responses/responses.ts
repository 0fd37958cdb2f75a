import type { Logger } from '../lib/logger.ts'
import type { Store } from '../store/store.ts'
import {
  deleteExpired,
  deleteResponse,
  findResponse,
  insertItem,
  insertResponse,
  ownerOf,
  prolongConversation,
  responseOfItem
} from './response-repository.ts'
import type { ResponseJson, StoredResponse } from './stored-response.ts'

const KEPT_MS = 30 * 86_400_000

/** Answers of the Responses API that clients refer back to. Each belongs to one app key: no other ever sees it. */
export interface StoredResponses {
  /** Found from now on, and on disk soon after. */
  keep(appKeyId: string, response: StoredResponse): void
  find(appKeyId: string, id: string): StoredResponse | null
  /** Whether it is kept for another key. */
  belongsToAnother(appKeyId: string, id: string): boolean
  /** The turns up to and with a response, oldest first; null where one of them is gone. */
  conversation(appKeyId: string, id: string): StoredResponse[] | null
  /** An item that was part of a kept answer. */
  findItem(appKeyId: string, itemId: string): ResponseJson | null
  /** False when there is none. */
  remove(appKeyId: string, id: string): Promise<boolean>
  /** Drops conversations that nothing was added to for 30 days. `now` is in milliseconds UTC. */
  prune(now: number): Promise<void>
}

export function openResponses({
  store,
  logger,
  now = Date.now
}: {
  store: Pick<Store, 'write' | 'homeport'>
  logger: Pick<Logger, 'error'>
  now?: () => number
}): StoredResponses {
  /** A client may go on with an answer sooner than it is on disk. */
  const beingWritten = new Map<string, { appKeyId: string; response: StoredResponse }>()

  const write = async (appKeyId: string, response: StoredResponse): Promise<void> => {
    const { id, previousId } = response
    const expiresAt = now() + KEPT_MS
    await store.write('homeport', [
      insertResponse(appKeyId, response, expiresAt),
      ...outputOf(response).flatMap((item) => (typeof item.id === 'string' ? insertItem(item.id, id) : [])),
      ...(previousId === null ? [] : [prolongConversation(appKeyId, previousId, expiresAt)])
    ])
  }

  const find = (appKeyId: string, id: string): StoredResponse | null => {
    const entry = beingWritten.get(id)
    if (entry) return entry.appKeyId === appKeyId ? entry.response : null
    return findResponse(store.homeport, appKeyId, id, now())
  }

  return {
    find,
    keep(appKeyId, response) {
      if (beingWritten.has(response.id)) return
      beingWritten.set(response.id, { appKeyId, response })
      void write(appKeyId, response)
        .catch((error: unknown) => logger.error({ error }, 'A response could not be stored'))
        .finally(() => beingWritten.delete(response.id))
    },
    belongsToAnother(appKeyId, id) {
      const owner = beingWritten.get(id)?.appKeyId ?? ownerOf(store.homeport, id)
      return owner !== null && owner !== appKeyId
    },
    conversation(appKeyId, id) {
      const turns = new Map<string, StoredResponse>()
      for (let next: string | null = id; next !== null; ) {
        const turn = find(appKeyId, next)
        // ids can be an upstream's, which nothing keeps from going round in circles
        if (turn === null || turns.has(next)) return null
        turns.set(next, turn)
        next = turn.previousId
      }
      return [...turns.values()].reverse()
    },
    findItem(appKeyId, itemId) {
      const waiting = [...beingWritten.values()].find(({ response }) => itemIn(response, itemId))
      const responseId = waiting?.response.id ?? responseOfItem(store.homeport, itemId)
      const response = responseId === null ? null : find(appKeyId, responseId)
      return response && itemIn(response, itemId)
    },
    async remove(appKeyId, id) {
      const [result] = await store.write('homeport', [deleteResponse(appKeyId, id)])
      return result !== undefined && result.changes > 0
    },
    async prune(now) {
      await store.write('homeport', [deleteExpired(now)])
    }
  }
}

function outputOf({ response }: StoredResponse): ResponseJson[] {
  return Array.isArray(response.output) ? response.output : []
}

function itemIn(response: StoredResponse, itemId: string): ResponseJson | null {
  return outputOf(response).find(({ id }) => id === itemId) ?? null
}
