import type { CostSum } from '../contract/costs.ts'

export const emptySum = (): CostSum => ({
  calls: 0,
  nanoUsd: 0,
  unknownPriceCalls: 0,
  onDeviceCalls: 0,
  onDeviceMs: 0,
  inputTokens: 0,
  cacheReadTokens: 0,
  outputTokens: 0,
  savedNanoUsd: 0,
  failedCalls: 0
})

const fields = Object.keys(emptySum()) as (keyof CostSum)[]

/** Adds the second to the first, `times` over. */
export function addSum(to: CostSum, more: CostSum, times: 1 | -1 = 1): void {
  for (const field of fields) to[field] += times * more[field]
}
