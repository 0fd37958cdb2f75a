import type { Trace, TraceSummary } from '../../../core/contract/traces.ts'
import { shortModelName } from '../../client/model-options.ts'
import { formatCost, formatUsd } from '../../components/format/money.ts'

/** The model asked for, and who answered where that is another: `fast → gpt-5-mini`. */
export function modelWords({
  model,
  providerId,
  providerModel
}: Pick<TraceSummary, 'model' | 'providerId' | 'providerModel'>): { text: string; title: string } {
  const asked = shortModelName(model)
  if (providerId === null || providerModel === null) return { text: asked, title: model }
  const answered = shortModelName(providerModel)
  const address = `${providerId}/${providerModel}`
  return asked === answered
    ? { text: answered, title: address }
    : { text: `${asked} → ${answered}`, title: `${model} → ${address}` }
}

/** What a call cost, or what a kept answer spared, and why it is not known. */
export function costFigure({
  cost,
  cache,
  savedNanoUsd,
  model,
  bookedCost
}: Pick<Trace, 'cost' | 'cache' | 'savedNanoUsd' | 'model' | 'bookedCost'>): { value: string; note: string } {
  if (cache === 'hit') {
    if (savedNanoUsd === null) return { value: 'Cached', note: 'what it saved is not known' }
    return savedNanoUsd === 0
      ? { value: 'Cached', note: 'nothing to pay' }
      : { value: `Saved ${formatUsd(savedNanoUsd)}`, note: 'from the cache' }
  }
  if (cost.kind === 'priced') {
    const note = bookedCost ? `corrected; booked as ${formatCost(bookedCost)}` : `price from ${cost.source}`
    return { value: formatUsd(cost.nanoUsd), note }
  }
  if (cost.kind === 'free') return { value: 'On-device', note: 'nothing to pay' }
  return { value: 'Unknown', note: `no price for ${shortModelName(model)}` }
}

/** What the list says of money; nothing for a call that failed before it cost any. */
export function costWords({ cache, status, cost }: Pick<TraceSummary, 'cache' | 'status' | 'cost'>): string {
  if (cache === 'hit') return 'cached'
  return status === 'error' && cost.kind !== 'priced' ? '' : formatCost(cost)
}
