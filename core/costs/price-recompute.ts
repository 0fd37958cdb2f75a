import { setImmediate as otherWork } from 'node:timers/promises'
import type { z } from 'zod'
import type { recomputationSchema } from '../contract/prices.ts'
import type { BookedCall } from './booked-call.ts'
import type { Correction } from './ledger-repository.ts'
import type { Prices, Pricing } from './price-call.ts'
import { promptCacheSaving } from './prompt-cache-saving.ts'

export type Recomputation = z.output<typeof recomputationSchema>

/** The ledger, as far as pricing anew needs it. */
export interface PricedCalls {
  /** Calls begun from one time to before another (milliseconds UTC), a page after another. */
  pages(from: number, until: number): Iterable<readonly BookedCall[]>
  correct(corrections: readonly Correction[], at: number): Promise<void>
}

export interface RecomputeOptions {
  calls: PricedCalls
  price: Prices['price']
  /** Whose prices hold at a provider now; null for one that is no more. */
  pricingOf(providerId: string): Pricing | null
}

export interface Period {
  /** Milliseconds UTC; `until` is not part of it. */
  from: number
  until: number
  /** Whether the corrected figures shall count from now on. */
  apply: boolean
}

/**
 * Prices the calls of a period anew, each by the prices of its own day. Left as they are: calls that cost nothing (on this
 * machine, or out of the cache), those of a provider that is gone, and those whose price is no longer known. Sums are over
 * all calls of the period that have a price or get one.
 */
export async function recompute(
  { calls, price, pricingOf }: RecomputeOptions,
  { from, until, apply }: Period
): Promise<Recomputation> {
  const sums: Recomputation = { calls: 0, changed: 0, bookedNanoUsd: 0, correctedNanoUsd: 0 }
  const at = Date.now()
  for (const page of calls.pages(from, until)) {
    const corrections: Correction[] = []
    for (const call of page) {
      const correction = correctionOf(call, price, pricingOf)
      const booked = nanoUsdOf(call.cost)
      sums.calls++
      sums.bookedNanoUsd += booked
      sums.correctedNanoUsd += correction ? nanoUsdOf(correction.cost) : booked
      if (correction) corrections.push(correction)
    }
    sums.changed += corrections.length
    if (apply && corrections.length > 0) await calls.correct(corrections, at)
    await otherWork()
  }
  return sums
}

/** Null for a call that costs the same, and for one that is left alone. */
function correctionOf(
  call: BookedCall,
  price: Prices['price'],
  pricingOf: RecomputeOptions['pricingOf']
): Correction | null {
  const { usage, cost, cache, providerId, providerModel, servedModel, startedAt } = call
  if (!usage || cost.kind === 'free' || cache === 'hit' || providerId === null) return null
  const pricing = pricingOf(providerId)
  if (pricing === null || pricing === 'free') return null
  // as at first: billed is what served, or where nobody knows that name, what was asked for
  for (const model of [servedModel, providerModel]) {
    const priced = model === null ? null : price(pricing, model, usage, startedAt)
    if (model === null || priced?.kind !== 'priced') continue
    if (cost.kind === 'priced' && cost.nanoUsd === priced.nanoUsd) return null
    const saved = promptCacheSaving(usage, priced, (other) => price(pricing, model, other, startedAt))
    return { traceId: call.traceId, cost: priced, promptCacheSavedNanoUsd: saved }
  }
  return null
}

const nanoUsdOf = (cost: BookedCall['cost']): number => (cost.kind === 'priced' ? cost.nanoUsd : 0)
