import type { ReasoningRequest } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord } from '../json-fields.ts'

/** `max` is above what other vendors have a word for. */
const efforts: ReadonlyMap<unknown, NonNullable<ReasoningRequest['effort']>> = new Map<
  unknown,
  NonNullable<ReasoningRequest['effort']>
>([
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'xhigh'],
  ['max', 'xhigh']
])

/**
 * What `thinking` and `output_config.effort` ask for: a budget, or an effort, or (adaptive without an effort) as much as the
 * model sees fit. Null where neither is given. Throws `bad-request`.
 */
export function toReasoning(thinking: unknown, outputConfig: unknown): ReasoningRequest | null {
  const effort = efforts.get(isRecord(outputConfig) ? outputConfig.effort : undefined)
  if (!isRecord(thinking)) return effort === undefined ? null : { effort }
  const { type, display, budget_tokens: budgetTokens } = thinking
  const shown = display === 'omitted' ? { show: false } : display === 'summarized' ? { show: true } : {}
  switch (type) {
    case 'enabled':
      if (typeof budgetTokens !== 'number') throw badParameter('thinking.budget_tokens', 'must be a number')
      return { budgetTokens, ...shown }
    case 'adaptive':
      return { ...(effort !== undefined && { effort }), ...shown }
    case 'disabled':
    case 'between_tools':
      return { effort: 'none' }
    default:
      throw badParameter('thinking.type', 'must be enabled, adaptive, disabled or between_tools')
  }
}
