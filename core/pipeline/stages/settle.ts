import type { Cost, Usage } from '../../contract/usage.ts'
import type { LedgerEntry } from '../../costs/ledger-entry.ts'
import type { Logger } from '../../lib/logger.ts'
import type { ModelProvider } from '../../providers/spec/provider.ts'
import { failedOutcome } from '../call-failure.ts'
import type { CallContext, CallOutcome, Stage } from '../context.ts'

export interface LedgerSink {
  book(entry: LedgerEntry): Promise<void>
}
export type PriceCall = (pricing: ModelProvider['pricing'], model: string, usage: Usage | null) => Cost

export interface SettleOptions {
  ledger: LedgerSink
  price: PriceCall
  logger: Logger
}

/** Prices the call when it is over, and books it: once, however it ended. */
export function settleStage({ ledger, price, logger }: SettleOptions): Stage {
  const costOf = (context: CallContext, outcome: CallOutcome): Cost => {
    try {
      return priceOf(context, outcome, price)
    } catch (error) {
      logger.error({ traceId: context.traceId, error }, 'A call could not be priced')
      return { kind: 'unknown' }
    }
  }

  const settle = (context: CallContext, ended: CallOutcome): CallOutcome => {
    const span = context.spans.start('settle', 'stage')
    const price = costOf(context, ended)
    const outcome = { ...ended, cost: context.cached === 'hit' ? costOfHit(price) : price }
    ledger.book(entryOf(context, outcome, price)).catch((error: unknown) => {
      logger.error({ traceId: context.traceId, error }, 'A call could not be booked')
    })
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

function priceOf({ target }: CallContext, { servedModel, usage }: CallOutcome, price: PriceCall): Cost {
  // nothing left this machine
  if (!target) return { kind: 'free' }
  const { pricing } = target.provider
  // billed is what served; a name that the price list does not know may be the upstream's alias of what was asked for
  const served = servedModel === null ? null : price(pricing, servedModel, usage)
  return served && served.kind !== 'unknown' ? served : price(pricing, target.model, usage)
}

/** Nobody was asked, so nobody is paid. */
const costOfHit = (price: Cost): Cost =>
  price.kind === 'free' ? price : { kind: 'priced', nanoUsd: 0, source: 'cache' }

/** What a hit spared; null where nobody knows. */
function savingOf({ cached }: CallContext, price: Cost): number | null {
  if (cached !== 'hit' || price.kind === 'unknown') return null
  return price.kind === 'free' ? 0 : price.nanoUsd
}

/** `price` is what an answer that was asked for costs. */
function entryOf(context: CallContext, outcome: CallOutcome, price: Cost): LedgerEntry {
  return {
    traceId: context.traceId,
    startedAt: context.startedAt,
    caller: { kind: context.caller.kind, id: context.caller.id },
    dialect: context.dialect,
    stream: context.stream,
    model: context.model,
    providerId: context.target?.provider.id ?? null,
    providerModel: context.target?.model ?? null,
    servedModel: outcome.servedModel,
    status: outcome.status,
    usage: outcome.usage,
    cost: outcome.cost,
    cache: context.cached,
    savedNanoUsd: savingOf(context, price),
    durationMs: outcome.durationMs,
    firstTokenMs: outcome.firstTokenMs
  }
}
