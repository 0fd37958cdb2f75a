import type { ReasoningRequest } from '../spec/chat-options.ts'

export type Effort = NonNullable<ReasoningRequest['effort']>

/** Tokens to think, for a vendor that takes a number where the client named an effort. */
export const budgetOf: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 4096,
  medium: 10_240,
  high: 24_576,
  xhigh: 32_768
}

/** The effort asked for, by its name or as a number of tokens to think; undefined where the model shall decide. */
export function effortOf({ effort, budgetTokens }: ReasoningRequest): Effort | undefined {
  if (effort !== undefined || budgetTokens === undefined) return effort
  if (budgetTokens <= 0) return 'none'
  if (budgetTokens < 2048) return 'minimal'
  if (budgetTokens < 8192) return 'low'
  if (budgetTokens < 20_480) return 'medium'
  return budgetTokens < 30_720 ? 'high' : 'xhigh'
}
