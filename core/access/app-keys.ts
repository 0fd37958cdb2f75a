import { Buffer } from 'node:buffer'
import type { z } from 'zod'
import {
  type AppKey,
  type CreateAppKey,
  type CreatedAppKey,
  createAppKeySchema,
  type KeyLimits,
  noLimits,
  type UpdateAppKey,
  updateAppKeySchema
} from '../contract/access.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { newId } from '../lib/ids.ts'
import type { Store } from '../store/store.ts'
import {
  findAppKey,
  insertAppKey,
  listActiveAppKeys,
  listAppKeys,
  markAppKeyRevoked,
  markAppKeyUsed,
  updateAppKey
} from './app-key-repository.ts'
import { digestOf, newToken } from './token.ts'

const PREFIX = 'hp_'
const SHOWN_CHARACTERS = PREFIX.length + 5
const USE_NOTED_EVERY_MS = 60_000

/** The keys of programs. The active ones stand in memory, so that a request asks no database. */
export class AppKeys {
  readonly #store: Pick<Store, 'homeport' | 'write'>
  readonly #now: () => number
  readonly #active: Map<string, AppKey>
  readonly #revokedListeners = new Set<(id: string) => void>()

  constructor(store: Pick<Store, 'homeport' | 'write'>, now: () => number) {
    this.#store = store
    this.#now = now
    this.#active = new Map(
      listActiveAppKeys(store.homeport).map(({ key, digest }) => [
        Buffer.from(digest).toString('base64'),
        key
      ])
    )
  }

  /** The key whose secret this is. Notes its use, at most once a minute and without waiting. */
  find(digest: string): AppKey | null {
    const key = this.#active.get(digest)
    if (!key) return null
    const now = this.#now()
    if (now - (key.lastUsedAt ?? 0) >= USE_NOTED_EVERY_MS) {
      key.lastUsedAt = now
      // a disk that fails is reported by the writes of the request itself
      this.#store.write('homeport', [markAppKeyUsed(key.id, now)]).catch(() => {})
    }
    return key
  }

  /** The only time the secret is seen. Resolves once the key is on disk. */
  async create(wanted: CreateAppKey): Promise<CreatedAppKey> {
    const { name, limits } = checked(createAppKeySchema.safeParse(wanted))
    const secret = newToken(PREFIX)
    const digest = digestOf(secret)
    const key: AppKey = {
      id: newId(),
      name,
      prefix: secret.slice(0, SHOWN_CHARACTERS),
      createdAt: this.#now(),
      lastUsedAt: null,
      revokedAt: null,
      pausedAt: null,
      limits: changedLimits(noLimits, limits)
    }
    await this.#store.write('homeport', [insertAppKey(key, Buffer.from(digest, 'base64'))])
    this.#active.set(digest, { ...key })
    return { key, secret }
  }

  list(): AppKey[] {
    return listAppKeys(this.#store.homeport)
  }

  /** Counts from this moment on; resolves once that is on disk too. Throws `bad-request`, and `not-found` for a revoked key. */
  async update(id: string, change: UpdateAppKey): Promise<AppKey> {
    const { name, limits, paused } = checked(updateAppKeySchema.safeParse(change))
    const key = [...this.#active.values()].find((candidate) => candidate.id === id)
    if (!key) throw unknownKey()
    key.name = name ?? key.name
    key.limits = changedLimits(key.limits, limits)
    if (paused !== undefined) key.pausedAt = paused ? (key.pausedAt ?? this.#now()) : null
    const changed = { ...key }
    await this.#store.write('homeport', [updateAppKey(changed)])
    return changed
  }

  /** Refuses the key from this moment on; resolves once that is on disk too. Throws `not-found`. */
  async revoke(id: string): Promise<void> {
    if (!findAppKey(this.#store.homeport, id)) throw unknownKey()
    for (const [digest, key] of this.#active) if (key.id === id) this.#active.delete(digest)
    for (const listener of this.#revokedListeners) listener(id)
    await this.#store.write('homeport', [markAppKeyRevoked(id, this.#now())])
  }

  onRevoked(listener: (id: string) => void): () => void {
    this.#revokedListeners.add(listener)
    return () => void this.#revokedListeners.delete(listener)
  }
}

function changedLimits(limits: KeyLimits, change: UpdateAppKey['limits'] = {}): KeyLimits {
  const { requestsPerMinute = limits.requestsPerMinute, tokensPerMinute = limits.tokensPerMinute } = change
  const knowledge = change.knowledge ?? limits.knowledge ?? []
  return {
    requestsPerMinute,
    tokensPerMinute,
    onDeviceOnly: change.onDeviceOnly ?? limits.onDeviceOnly,
    ...(knowledge.length > 0 && { knowledge })
  }
}

const unknownKey = (): HomeportError => new HomeportError('not-found', 'There is no such key')

/** What the contract makes of a wish. Throws `bad-request` with the first thing that is wrong with it. */
function checked<T>(result: z.ZodSafeParseResult<T>): T {
  if (result.success) return result.data
  const param = result.error.issues[0]?.path.map(String).join('.') ?? ''
  if (param === 'name') {
    throw new HomeportError('bad-request', 'A key needs a name of at most 80 characters', { param })
  }
  throw new HomeportError('bad-request', 'This limit of a key is not valid', { param })
}
