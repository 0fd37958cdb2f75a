import type { Cost, Usage } from '../../contract/usage.ts'
import type { LedgerEntry } from '../../costs/ledger-entry.ts'
import { promptCacheSaving } from '../../costs/prompt-cache-saving.ts'
import type { Logger } from '../../lib/logger.ts'
import type { ModelProvider } from '../../providers/spec/provider.ts'
import { failedOutcome } from '../call-failure.ts'
import type { CallContext, CallOutcome, FailedAttempt, Stage } from '../context.ts'

export interface LedgerSink {
  book(entry: LedgerEntry): Promise<void>
}
/** `at`: when the call began, milliseconds UTC, since prices change; now by default. */
export type PriceCall = (
  pricing: ModelProvider['pricing'],
  model: string,
  usage: Usage | null,
  at?: number
) => Cost

export interface SettleOptions {
  ledger: LedgerSink
  price: PriceCall
  /** What tells requests apart, the same for a repeated one. */
  fingerprint(body: Uint8Array): Uint8Array
  logger: Logger
}

/** Prices the call when it is over, and books it: once, however it ended. */
export function settleStage({ ledger, price, fingerprint, logger }: SettleOptions): Stage {
  const priceAt =
    (startedAt: number): PriceCall =>
    (pricing, model, usage) =>
      price(pricing, model, usage, startedAt)

  const costOf = (
    asked: Pick<CallContext, 'target'>,
    answered: Pick<CallOutcome, 'servedModel' | 'usage'>,
    { traceId, startedAt }: Pick<CallContext, 'traceId' | 'startedAt'>
  ): Cost => {
    try {
      return priceOf(asked, answered, priceAt(startedAt))
    } catch (error) {
      logger.error({ traceId, error }, 'A call could not be priced')
      return { kind: 'unknown' }
    }
  }

  const book = (asked: Pick<CallContext, 'target'>, entry: Entry): void => {
    const { usage, cost, servedModel, traceId, startedAt } = entry
    const priceAtFullRate = (full: Usage): Cost =>
      priceOf(asked, { servedModel, usage: full }, priceAt(startedAt))
    const promptCacheSavedNanoUsd =
      entry.cache === 'hit' ? null : promptCacheSaving(usage, cost, priceAtFullRate)
    ledger.book({ ...entry, promptCacheSavedNanoUsd }).catch((error: unknown) => {
      logger.error({ traceId, error }, 'A call could not be booked')
    })
  }

  const settle = (context: CallContext, ended: CallOutcome): CallOutcome => {
    const span = context.spans.start('settle', 'stage')
    const price = costOf(context, ended, context)
    const isHit = context.cached === 'hit'
    const outcome: CallOutcome = {
      ...ended,
      cost: isHit ? costOfHit(price) : price,
      savedNanoUsd: isHit ? savingOf(price) : null
    }
    book(context, entryOf(context, outcome, fingerprint))
    for (const [index, attempt] of context.failedAttempts.entries()) {
      if (attempt.usage)
        book(attempt, attemptEntry(context, attempt, index + 1, costOf(attempt, attempt, context)))
    }
    span.end({ note: outcome.cost.kind === 'unknown' ? 'price unknown' : outcome.cost.kind })
    return outcome
  }

  return async (context, next) => {
    try {
      const result = await next()
      return { ...result, done: result.done.then((outcome) => settle(context, outcome)) }
    } catch (thrown) {
      context.failure = settle(context, failedOutcome(thrown, context.signal, context.spans.nowUs() / 1000))
      throw thrown
    }
  }
}

function priceOf(
  { target }: Pick<CallContext, 'target'>,
  { servedModel, usage }: Pick<CallOutcome, 'servedModel' | 'usage'>,
  price: PriceCall
): Cost {
  // nothing left this machine
  if (!target) return { kind: 'free' }
  const { pricing } = target.provider
  // billed is what served; a name that the price list does not know may be the upstream's alias of what was asked for
  const served = servedModel === null ? null : price(pricing, servedModel, usage)
  if (served && (served.kind !== 'unknown' || servedModel === target.model)) return served
  return price(pricing, target.model, usage)
}

/** Nobody was asked, so nobody is paid. */
const costOfHit = (price: Cost): Cost =>
  price.kind === 'free' ? price : { kind: 'priced', nanoUsd: 0, source: 'cache' }

/** What a hit spared; null where nobody knows. */
function savingOf(price: Cost): number | null {
  if (price.kind === 'unknown') return null
  return price.kind === 'free' ? 0 : price.nanoUsd
}

/** What is the same in every entry of a call. */
function askedOf({ startedAt, caller, dialect, stream, model, labels }: CallContext) {
  const { feature, project, session } = labels ?? { feature: null, project: null, session: null }
  return { startedAt, caller, labels: { feature, project, session }, dialect, stream, model }
}

/** Without what `book` works out. */
type Entry = Omit<LedgerEntry, 'promptCacheSavedNanoUsd'>

function entryOf(
  context: CallContext,
  outcome: CallOutcome,
  fingerprint: SettleOptions['fingerprint']
): Entry {
  const { wire, perform } = context
  return {
    ...askedOf(context),
    traceId: context.traceId,
    requestHash: wire && !perform ? fingerprint(wire.body) : null,
    providerId: context.target?.provider.id ?? null,
    providerModel: context.target?.model ?? null,
    servedModel: outcome.servedModel,
    status: outcome.status,
    usage: outcome.usage,
    cost: outcome.cost,
    cache: context.cached,
    savedNanoUsd: outcome.savedNanoUsd,
    durationMs: outcome.durationMs,
    firstTokenMs: outcome.firstTokenMs
  }
}

/** An attempt that failed, and reported all the same what it used: the vendor may charge for it. */
function attemptEntry(
  context: CallContext,
  { target, usage, servedModel, durationMs }: FailedAttempt,
  number: number,
  cost: Cost
): Entry {
  return {
    ...askedOf(context),
    traceId: `${context.traceId}-${number}`,
    requestHash: null,
    providerId: target.provider.id,
    providerModel: target.model,
    servedModel,
    status: 'error',
    usage,
    cost,
    cache: null,
    savedNanoUsd: null,
    durationMs,
    firstTokenMs: null
  }
}
