import type { ChatRequest } from '../spec/chat.ts'
import type { ModelTraits } from './model-traits.ts'
import type { WireBlock, WriteNotes } from './write-content.ts'

/**
 * `temperature`, `top_p` and `top_k`, as far as the model takes them: Claude 4.7 and later none, 4.1 and later not the first
 * two together, and while it thinks by a budget only a `top_p` from 0.95.
 */
export function writeSampling(
  { temperature, topP, topK }: ChatRequest,
  { sampling }: ModelTraits,
  thinks: boolean,
  { warnings }: WriteNotes
): WireBlock {
  const kept: Record<string, number> = {}
  const take = (name: string, value: number | undefined, allowed: boolean): void => {
    if (value === undefined) return
    if (allowed) kept[name] = value
    else warnings.add(`${name} was dropped`)
  }
  const some = sampling !== 'none'
  // 1 is what every model does unasked
  if (temperature !== 1) take('temperature', temperature, some && !thinks)
  const both = kept.temperature !== undefined && sampling === 'one'
  if (topP !== 1) take('top_p', topP, some && !both && (!thinks || (topP ?? 0) >= 0.95))
  take('top_k', topK, some && !thinks)
  return kept
}
