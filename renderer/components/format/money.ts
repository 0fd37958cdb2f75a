import type { Cost } from '../../../core/contract/usage.ts'

const NANO = 1_000_000_000

/**
 * Nano-USD as people read it: cents from a dollar up, below that as many places as keep two digits that say something
 * (`$0.0113`, `$0.00042`). Never rounds something to nothing.
 */
export function formatUsd(nanoUsd: number): string {
  const usd = nanoUsd / NANO
  if (usd === 0) return '$0.00'
  if (usd >= 0.995)
    return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  if (usd < 0.000001) return 'under $0.000001'
  if (usd >= 0.01) return `$${usd.toFixed(usd >= 0.1 ? 2 : 4)}`
  return `$${usd.toFixed(usd >= 0.0001 ? 4 : 6)}`
}

/** A call's cost in words: money, `on-device` where it ran here, or that the price is not known. Never `$0`. */
export function formatCost(cost: Cost): string {
  if (cost.kind === 'free') return 'on-device'
  if (cost.kind === 'unknown') return 'price unknown'
  return formatUsd(cost.nanoUsd)
}
