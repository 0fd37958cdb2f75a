import type { Budget, BudgetScope } from '../contract/budgets.ts'
import type { CallStatus } from '../contract/traces.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { nextStart, startOf, type TimeSpan } from '../lib/calendar.ts'
import { newId } from '../lib/ids.ts'
import type { Logger } from '../lib/logger.ts'
import { Slots } from '../lib/slots.ts'
import { Account, type Spent } from './account.ts'
import {
  type BudgetDefinition,
  BudgetRepository,
  type BudgetStore,
  type StoredBudget
} from './budget-repository.ts'
import { Hold } from './hold.ts'
import { covers, type ScopedCall } from './scoped-call.ts'

/** What a call that was not made yet may cost. Free: it runs on this machine. */
export type Estimate =
  | { kind: 'free' }
  | { kind: 'unknown' }
  /** Nano-USD. `least` is what must be left for it to begin, `most` what is set aside where there is so much. */
  | { kind: 'priced'; least: number; most: number }

/** A call that may be made, with one of those who can answer it. */
export interface PossibleCall extends ScopedCall {
  estimate: Estimate
}

/** Why a budget does not let a call be made. `reserved`: enough is left, but calls that run may need it. */
export interface Bar {
  budget: Budget
  why: 'spent' | 'reserved' | 'unknown-price'
}

/** A call as it was booked. */
export interface BookedCall extends ScopedCall {
  traceId: string
  startedAt: number
  status: CallStatus
  usage: Usage | null
  cost: Cost
}

/** A share of a budget was used up, for the first time in its period. */
export interface ThresholdReached {
  budget: Budget
  percent: number
  /** The call that did it. */
  traceId: string
}

export interface BudgetsOptions {
  store: BudgetStore
  /** What was booked for the calls of a scope that started at or after a time (milliseconds UTC). */
  spentSince(scope: BudgetScope, since: number): Spent
  onThreshold(reached: ThresholdReached): void
  /** Called when a budget or one of its figures changed: with every call. */
  onChange(): void
  logger: Logger
  /** Milliseconds UTC. */
  now?: () => number
}

/**
 * The person's budgets, with what is spent and set aside. What calls ask of it is answered from memory, at once: between
 * `barOf` and `reserve` nothing else happens, so that no two calls are given the same money.
 */
export interface Budgets {
  /** Oldest first. */
  list(): Budget[]
  create(definition: BudgetDefinition): Promise<Budget>
  /** Throws `not-found`. */
  replace(id: string, definition: BudgetDefinition): Promise<Budget>
  /** Throws `not-found`. */
  remove(id: string): Promise<void>
  /** Whether any budget is at work. */
  isWatching(): boolean
  /** The first budget that does not let the call be made; null where all do. */
  barOf(call: PossibleCall): Bar | null
  /** Sets aside what the dearest of these may cost: one of them will be made. It is given back when the call is booked. */
  reserve(traceId: string, calls: readonly PossibleCall[]): Hold
  /** Counts a call that goes to the ledger, and gives back what was set aside for it. `written` settles when it is there. */
  book(call: BookedCall, written: Promise<void>): void
  /** Reads the ledger again: figures there were corrected. */
  reload(): void
}

/** Figures begin with what the ledger has of the period that runs. */
export function openBudgets(options: BudgetsOptions): Budgets {
  const { store, spentSince, onThreshold, onChange, logger, now = Date.now } = options
  const repository = new BudgetRepository(store)
  const holds = new Map<string, Hold>()
  /** On their way to the ledger. */
  const unwritten = new Slots<BookedCall>()

  const spentIn = (scope: BudgetScope, { from, until }: TimeSpan): Spent => {
    const spent = { ...spentSince(scope, from) }
    for (const call of unwritten) {
      if (call.startedAt < from || call.startedAt >= until || !covers(scope, call)) continue
      const { nanoUsd, unknownPriceCalls } = spentBy(call)
      spent.nanoUsd += nanoUsd
      spent.unknownPriceCalls += unknownPriceCalls
    }
    return spent
  }
  const open = (stored: StoredBudget): Account => {
    const { id, definition } = stored
    const time = now()
    const period = { from: startOf(time, definition.period), until: nextStart(time, definition.period) }
    return new Account(
      stored,
      period,
      spentIn(definition.scope, period),
      repository.warnings(id, period.from)
    )
  }
  const accounts = new Map(repository.list().map((stored) => [stored.id, open(stored)]))

  const current = (): Account[] => {
    const time = now()
    for (const account of accounts.values()) {
      if (!account.runsAt(time)) accounts.set(account.id, open(account))
    }
    return [...accounts.values()]
  }
  const find = (id: string): Account => {
    const account = accounts.get(id)
    if (!account) throw new HomeportError('not-found', 'There is no such budget.')
    return account
  }
  const watching = (call: ScopedCall): Account[] =>
    current().filter(({ definition: { paused, scope } }) => !paused && covers(scope, call))

  const warn = (account: Account, traceId: string): void => {
    for (const percent of account.takeWarnings()) {
      repository.addWarning(account.id, account.period.from, percent).catch((error: unknown) => {
        logger.error({ error }, 'It could not be kept that a budget was warned of')
      })
      onThreshold({ budget: account.toBudget(), percent, traceId })
    }
  }

  return {
    list: () => current().map((account) => account.toBudget()),
    async create(definition) {
      const stored = { id: newId(), createdAt: now(), definition }
      await repository.save(stored, false)
      const account = open(stored)
      accounts.set(stored.id, account)
      onChange()
      return account.toBudget()
    },
    async replace(id, definition) {
      const { createdAt, definition: old } = find(id)
      const isSamePeriod = definition.period === old.period && isSame(definition.scope, old.scope)
      const forgetWarnings = !isSamePeriod || definition.limitNanoUsd !== old.limitNanoUsd
      await repository.save({ id, createdAt, definition }, forgetWarnings)
      // calls that run have money set aside in it
      const before = find(id)
      const account = isSamePeriod ? before : open({ id, createdAt, definition })
      if (account !== before) before.retire()
      account.definition = definition
      if (forgetWarnings) account.warned.clear()
      accounts.set(id, account)
      onChange()
      return account.toBudget()
    },
    async remove(id) {
      find(id)
      await repository.delete(id)
      find(id).retire()
      accounts.delete(id)
      onChange()
    },
    isWatching: () => [...accounts.values()].some(({ definition }) => !definition.paused),
    barOf(call) {
      for (const account of watching(call)) {
        const why = whyBarred(account, call.estimate)
        if (why) return { budget: account.toBudget(), why }
      }
      return null
    },
    reserve(traceId, calls) {
      const hold = new Hold()
      holds.set(traceId, hold)
      for (const call of calls) {
        if (call.estimate.kind !== 'priced') continue
        for (const account of watching(call)) hold.take(account, call.estimate.most)
      }
      if (calls.length > 0) onChange()
      return hold
    },
    book(call, written) {
      holds.get(call.traceId)?.release()
      holds.delete(call.traceId)
      const spent = spentBy(call)
      for (const account of current()) {
        if (!account.runsAt(call.startedAt) || !covers(account.definition.scope, call)) continue
        account.add(spent)
        if (!account.definition.paused) warn(account, call.traceId)
      }
      const slot = unwritten.put(call)
      const forget = (): void => void unwritten.take(slot)
      written.then(forget, forget)
      if (accounts.size > 0) onChange()
    },
    reload() {
      for (const account of accounts.values()) {
        account.correct(spentIn(account.definition.scope, account.period))
      }
      if (accounts.size > 0) onChange()
    }
  }
}

const isSame = (a: BudgetScope, b: BudgetScope): boolean => JSON.stringify(a) === JSON.stringify(b)

function whyBarred(account: Account, estimate: Estimate): Bar['why'] | null {
  if (estimate.kind === 'free') return null
  if (estimate.kind === 'unknown')
    return account.definition.unknownPrice === 'refuse' ? 'unknown-price' : null
  if (!account.holds || estimate.least <= account.freeNanoUsd) return null
  return estimate.least <= account.unspentNanoUsd ? 'reserved' : 'spent'
}

/** As the ledger sums it up: an upstream that refused a call charged nothing for it. */
function spentBy({ cost, status, usage }: BookedCall): Spent {
  if (cost.kind === 'priced') return { nanoUsd: cost.nanoUsd, unknownPriceCalls: 0 }
  const isUnknown = cost.kind === 'unknown' && !(status === 'error' && usage === null)
  return { nanoUsd: 0, unknownPriceCalls: isUnknown ? 1 : 0 }
}
