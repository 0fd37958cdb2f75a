import type { Savings } from '../contract/costs.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import type { GroupSums } from './cost-repository.ts'
import type { ModelName } from './what-if.ts'

type Price = (model: ModelName, usage: Usage, at: number) => Cost

/** Money not spent on these calls, at today's prices (`now`) where calls on this machine are compared with a vendor's. */
export function savingsOf(groups: readonly GroupSums[], price: Price, now: number): Savings {
  const onDevice = onDeviceSavings(groups, price, now)
  return {
    cacheNanoUsd: groups.reduce((sum, { savedNanoUsd }) => sum + savedNanoUsd, 0),
    promptCacheNanoUsd: groups.reduce((sum, group) => sum + group.promptCacheSavedNanoUsd, 0),
    ...onDevice
  }
}

/** At the rates of the priced model that was called most: what the person would most likely have asked otherwise. */
function onDeviceSavings(
  groups: readonly GroupSums[],
  price: Price,
  now: number
): Pick<Savings, 'onDeviceNanoUsd' | 'note'> {
  const local = groups.filter(({ onDeviceCalls }) => onDeviceCalls > 0)
  if (local.length === 0)
    return { onDeviceNanoUsd: null, note: 'Nothing ran on this machine in this period.' }
  const reference = mostCalled(groups.filter(({ nanoUsd }) => nanoUsd > 0))
  const cost = reference && price(reference, textUsage(local), now)
  if (cost?.kind !== 'priced')
    return {
      onDeviceNanoUsd: null,
      note: 'No model with a price was used in this period that calls on this machine could be compared with.'
    }
  return {
    onDeviceNanoUsd: cost.nanoUsd,
    note: `Calls on this machine at the price of ${reference?.providerId}/${reference?.model}, the one called most in this period.`
  }
}

function mostCalled(groups: readonly GroupSums[]): ModelName | null {
  const calls = new Map<string, { name: ModelName; calls: number }>()
  for (const { providerId, providerModel: model, ...group } of groups) {
    const key = `${providerId}/${model}`
    const one = calls.get(key) ?? { name: { providerId, model }, calls: 0 }
    calls.set(key, { ...one, calls: one.calls + group.calls })
  }
  return [...calls.values()].sort((a, b) => b.calls - a.calls)[0]?.name ?? null
}

/** All of it fresh input and text: a vendor would have cached some of it, so this is at most what it had cost. */
function textUsage(groups: readonly GroupSums[]): Usage {
  const input = groups.reduce((sum, { inputTokens }) => sum + inputTokens, 0)
  const output = groups.reduce((sum, { outputTokens }) => sum + outputTokens, 0)
  return {
    input: { total: input, noCache: input, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    output: { total: output, text: output, reasoning: 0 }
  }
}
