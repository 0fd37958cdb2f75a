import {
  BUILT_IN_EMBEDDER,
  type EmbedderOption,
  type IndexEstimate
} from '../../../../core/contract/knowledge.ts'
import { formatUsd } from '../../../components/format/money.ts'
import { formatBytes, formatCount, formatShortCount } from '../../../components/format/tokens.ts'
import type { SelectOption } from '../../../components/select.tsx'

const places: Record<EmbedderOption['place'], string> = {
  'built-in': 'Comes with Homeport: at once, offline, free. Best for English.',
  'on-device': 'On this machine: offline and free. Slower to index.',
  provider: 'Your text goes to the provider, and costs money.'
}

/** The embedders to choose from; one that is gone stays in sight while it is the chosen one. */
export function embedderOptions(
  embedders: readonly EmbedderOption[],
  chosen: string
): SelectOption<string>[] {
  const options = embedders.map(({ id, name, place }) => ({ value: id, label: name, hint: places[place] }))
  if (options.some(({ value }) => value === chosen)) return options
  const label = chosen === BUILT_IN_EMBEDDER ? 'Built in' : `${chosen} (not there now)`
  return [...options, { value: chosen, label }]
}

/** What indexing takes: `6,591 files · 12.0 MB · about 3.1M tokens`. */
export function estimateWords({ files, bytes, tokens }: IndexEstimate): string {
  const count = files === 1 ? '1 file' : `${formatCount(files)} files`
  return `${count} · ${formatBytes(bytes)} · about ${formatShortCount(tokens)} tokens`
}

/** What indexing costs, in words; null where it is free. */
export function estimateCost({ cost }: IndexEstimate): string | null {
  if (cost.kind === 'free') return null
  return cost.kind === 'unknown' ? 'at a price that is not known' : `for about ${formatUsd(cost.nanoUsd)}`
}
