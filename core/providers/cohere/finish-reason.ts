import type { FinishReason } from '../spec/chat.ts'

const reasons: ReadonlyMap<unknown, FinishReason> = new Map<string, FinishReason>([
  ['COMPLETE', 'stop'],
  ['STOP_SEQUENCE', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['TOOL_CALL', 'tool-calls'],
  ['ERROR_TOXIC', 'content-filter']
])

/** Reasons with which nothing was finished. */
export const isFailure = (reason: unknown): boolean => reason === 'ERROR' || reason === 'TIMEOUT'

export const readFinishReason = (reason: unknown): FinishReason => reasons.get(reason) ?? 'other'
