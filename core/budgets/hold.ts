import type { Account } from './account.ts'
import { covers, type ScopedCall } from './scoped-call.ts'

/** Money set aside for one call, in every budget that watches it, until it is booked. */
export class Hold {
  readonly #amounts = new Map<Account, number>()
  #isOver = false

  /** Sets aside so much, or what is left where that is less. */
  take(account: Account, nanoUsd: number): void {
    if (this.#isOver) return
    const held = this.#amounts.get(account) ?? 0
    const free = account.holds ? Math.max(0, account.freeNanoUsd) : nanoUsd
    const more = Math.min(Math.max(0, nanoUsd - held), free)
    this.#amounts.set(account, held + more)
    account.reservedNanoUsd += more
  }

  /**
   * Sets aside what the call has come to. Gives the budget that it is too much for; then it has taken all that was left there.
   */
  grow(call: ScopedCall, nanoUsd: number): Account | null {
    for (const [account, held] of this.#amounts) {
      if (!account.holds || account.definition.paused || !covers(account.definition.scope, call)) continue
      const missing = nanoUsd - held > account.freeNanoUsd
      this.take(account, nanoUsd)
      if (missing) return account
    }
    return null
  }

  /** Whether a budget that stops calls has a part in it. */
  get isBinding(): boolean {
    return [...this.#amounts.keys()].some(({ holds }) => holds)
  }

  release(): void {
    for (const [account, held] of this.#amounts) account.reservedNanoUsd -= held
    this.#amounts.clear()
    this.#isOver = true
  }
}
