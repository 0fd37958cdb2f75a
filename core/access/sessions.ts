import type { z } from 'zod'
import type { sessionSchema } from '../contract/access.ts'
import { digestOf, newToken } from './token.ts'

export type Session = z.infer<typeof sessionSchema>
export interface Code {
  code: string
  expiresAt: number
}

const SESSION_IDLE_MS = 30 * 24 * 60 * 60 * 1000
const CODE_MS = 10 * 60 * 1000

/** Session tokens of windows and the single-use codes they are got with. In memory: they end with the daemon. */
export class Sessions {
  readonly #now: () => number
  /** Expiry by digest. */
  readonly #sessions = new Map<string, number>()
  readonly #codes = new Map<string, number>()

  constructor(now: () => number) {
    this.#now = now
  }

  create(): Session {
    forgetExpired(this.#sessions, this.#now())
    const token = newToken('hps_')
    const expiresAt = this.#now() + SESSION_IDLE_MS
    this.#sessions.set(digestOf(token), expiresAt)
    return { token, expiresAt }
  }

  /** Whether it is the digest of a live session's token. Each use puts its end off. */
  touch(digest: string): boolean {
    const expiresAt = this.#sessions.get(digest)
    if (expiresAt === undefined) return false
    const now = this.#now()
    if (expiresAt <= now) {
      this.#sessions.delete(digest)
      return false
    }
    this.#sessions.set(digest, now + SESSION_IDLE_MS)
    return true
  }

  mintCode(): Code {
    forgetExpired(this.#codes, this.#now())
    const code = newToken('')
    const expiresAt = this.#now() + CODE_MS
    this.#codes.set(digestOf(code), expiresAt)
    return { code, expiresAt }
  }

  /** Null for a code that is unknown, used or expired: nobody is told which. */
  redeem(code: string): Session | null {
    const digest = digestOf(code)
    const expiresAt = this.#codes.get(digest)
    this.#codes.delete(digest)
    if (expiresAt === undefined || expiresAt <= this.#now()) return null
    return this.create()
  }
}

function forgetExpired(expiries: Map<string, number>, now: number): void {
  for (const [digest, expiresAt] of expiries) if (expiresAt <= now) expiries.delete(digest)
}
