import type { Cost } from '../../../core/contract/usage.ts'

const NANO = 1_000_000_000

/**
 * Nano-USD as people read it: cents from a dollar up, below that as many places as keep two digits that say something
 * (`$0.0113`, `$0.00042`). Never rounds something to nothing.
 */
export function formatUsd(nanoUsd: number): string {
  if (nanoUsd < 0) return `−${formatUsd(-nanoUsd)}`
  const usd = nanoUsd / NANO
  if (usd === 0) return '$0.00'
  if (usd >= 0.995)
    return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  if (usd < 0.000001) return 'under $0.000001'
  if (usd >= 0.01) return `$${usd.toFixed(usd >= 0.1 ? 2 : 4)}`
  return `$${usd.toFixed(usd >= 0.0001 ? 4 : 6)}`
}

/** Every digit of it, with two places at least: `$3.00`, `$0.075`, `$31.840012345`. For prices, and where sums are checked. */
export function formatUsdExact(nanoUsd: number): string {
  const size = Math.abs(nanoUsd)
  const places = String(size % NANO)
    .padStart(9, '0')
    .replace(/0{1,7}$/, '')
  return `${nanoUsd < 0 ? '−' : ''}$${Math.floor(size / NANO).toLocaleString('en-US')}.${places}`
}

/** Dollars as a person typed them, in nano-USD. */
export function toNanoUsd(usd: number): number {
  return Math.round(usd * NANO)
}

/** Nano-USD as dollars, for a field that a person changes. */
export function toUsd(nanoUsd: number): number {
  return nanoUsd / NANO
}

/** A call's cost in words: money, `on-device` where it ran here, or that the price is not known. Never `$0`. */
export function formatCost(cost: Cost): string {
  if (cost.kind === 'free') return 'on-device'
  if (cost.kind === 'unknown') return 'price unknown'
  return formatUsd(cost.nanoUsd)
}
