import type { CostSum, Savings } from '../../../core/contract/costs.ts'
import { formatUsd, formatUsdExact } from '../../components/format/money.ts'
import { formatDurationShort } from '../../components/format/time.ts'
import { formatCount } from '../../components/format/tokens.ts'

/** How many calls, and how many of them ran here: `3,310 calls, 1,037 on-device`. */
export function callsWords({ calls, onDeviceCalls }: CostSum): string {
  const all = `${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`
  return onDeviceCalls === 0 ? all : `${all}, ${formatCount(onDeviceCalls)} on-device`
}

/** All that was not spent. What on-device calls would have cost counts only where it is known. */
export function sumSavings({ cacheNanoUsd, promptCacheNanoUsd, onDeviceNanoUsd }: Savings): number {
  return cacheNanoUsd + promptCacheNanoUsd + (onDeviceNanoUsd ?? 0)
}

/** What it is made of, in a sentence or two. */
export function savedWords({ cacheNanoUsd, promptCacheNanoUsd, onDeviceNanoUsd, note }: Savings): string {
  const parts = [
    `${formatUsd(cacheNanoUsd)} by kept answers`,
    `${formatUsd(promptCacheNanoUsd)} by providers’ prompt caches`,
    ...(onDeviceNanoUsd === null ? [] : [`${formatUsd(onDeviceNanoUsd)} by models on this machine`])
  ]
  return [`${parts.join(', ')}.`, note].filter(Boolean).join(' ')
}

/** Of the tokens read, how many came out of providers’ caches, as a percentage; null where nothing was read. */
export function cachedPercent({ inputTokens, cacheReadTokens }: CostSum): number | null {
  return inputTokens === 0 ? null : Math.round((cacheReadTokens / inputTokens) * 100)
}

/** A sum as a table shows it: money, or the time it took where all ran here. What nobody can price is never shown as nothing. */
export function sumWords({ nanoUsd, calls, unknownPriceCalls, onDeviceCalls, onDeviceMs }: CostSum): string {
  if (nanoUsd > 0) return formatUsd(nanoUsd)
  if (calls > 0 && onDeviceCalls === calls) return `${formatDurationShort(onDeviceMs)} here`
  return unknownPriceCalls > 0 ? 'unknown' : formatUsd(0)
}

/** What the figures of a row leave out: every digit of its money, and what ran here by its time and, where it can be estimated, its energy. */
export function sumDetails({
  nanoUsd,
  onDeviceCalls,
  onDeviceMs,
  onDeviceWattHours
}: CostSum & { onDeviceWattHours?: number | null }): string {
  const money = formatUsdExact(nanoUsd)
  if (onDeviceCalls === 0) return money
  const wattHours = onDeviceWattHours?.toLocaleString('en-US', { maximumSignificantDigits: 2 })
  const energy = wattHours === undefined ? '' : `, about ${wattHours} Wh`
  return `${money}; ${formatDurationShort(onDeviceMs)} on this machine${energy}`
}

/** How two sums of money differ: `$3.10 less, 24 %`. */
export function differenceWords(actual: number, otherwise: number): string {
  const difference = otherwise - actual
  if (difference === 0) return 'the same'
  const percent = actual === 0 ? '' : `, ${Math.round((Math.abs(difference) / actual) * 100)} %`
  return `${formatUsd(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'}${percent}`
}
