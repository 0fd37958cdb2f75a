import type { AppKey, CreateAppKey, CreatedAppKey, KeyLimits, UpdateAppKey } from '../contract/access.ts'
import type { Store } from '../store/store.ts'
import { AppKeys } from './app-keys.ts'
import { type Code, type Session, Sessions } from './sessions.ts'
import { digestOf, newToken } from './token.ts'

/** Whom a credential belongs to. */
export type Principal =
  | { kind: 'app-key'; id: string; name: string; limits: KeyLimits; isPaused: boolean }
  | { kind: 'session' }
  | { kind: 'control' }

/** Who may come in. One `authenticate` for every carrier of a credential and every route. */
export interface Access {
  /** Null for anything that is not a live credential. Asks no database, waits for nothing. */
  authenticate(token: string): Principal | null
  /** Lives as long as this daemon; stands in `daemon.json` for programs of the same person. */
  readonly controlToken: string

  /** Throws `bad-request` for an empty or long name, and for limits out of range. */
  createKey(wanted: CreateAppKey): Promise<CreatedAppKey>
  /** Newest first, revoked ones too. */
  listKeys(): AppKey[]
  /** Counts at once. Throws `bad-request`, and `not-found` for a key that is none any more. */
  updateKey(id: string, change: UpdateAppKey): Promise<AppKey>
  /** Throws `not-found`. */
  revokeKey(id: string): Promise<void>
  /** Called the moment a key is refused, so that its open streams can be closed. Returns the function that stops it. */
  onRevoked(listener: (keyId: string) => void): () => void

  createSession(): Session
  /** Works once, for ten minutes. */
  mintCode(): Code
  /** A session for a code; null when it is unknown, used or too old. */
  redeemCode(code: string): Session | null
}

/** `now` is in milliseconds UTC. */
export function openAccess(options: {
  store: Pick<Store, 'homeport' | 'write'>
  now?: () => number
}): Access {
  const { store, now = Date.now } = options
  const keys = new AppKeys(store, now)
  const sessions = new Sessions(now)
  const controlToken = newToken('hpc_')
  const controlDigest = digestOf(controlToken)

  return {
    controlToken,
    authenticate(token) {
      const digest = digestOf(token)
      if (digest === controlDigest) return { kind: 'control' }
      if (sessions.touch(digest)) return { kind: 'session' }
      const key = keys.find(digest)
      if (!key) return null
      const { id, name, limits, pausedAt } = key
      return { kind: 'app-key', id, name, limits, isPaused: pausedAt !== null }
    },
    createKey: (wanted) => keys.create(wanted),
    listKeys: () => keys.list(),
    updateKey: (id, change) => keys.update(id, change),
    revokeKey: (id) => keys.revoke(id),
    onRevoked: (listener) => keys.onRevoked(listener),
    createSession: () => sessions.create(),
    mintCode: () => sessions.mintCode(),
    redeemCode: (code) => sessions.redeem(code)
  }
}
