import type { TokenLogprob } from '../../../providers/spec/chat.ts'

/** A finished call of a tool, as the dialect writes it. */
export interface WireToolCall {
  id: string
  function: { index: number; name: string; arguments: unknown }
}

/** What a model says in one line of a stream, or in all of an answer. */
export interface Said {
  text: string
  thinking: string
  toolCalls?: readonly WireToolCall[]
}

/** Where an address puts what a model says. */
export type AnswerForm = (said: Said) => Record<string, unknown>

export const chatForm: AnswerForm = ({ text, thinking, toolCalls = [] }) => ({
  message: {
    role: 'assistant',
    content: text,
    ...(thinking !== '' && { thinking }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls })
  }
})

export const generateForm: AnswerForm = ({ text, thinking }) => ({
  response: text,
  ...(thinking !== '' && { thinking })
})

/** The dialect's `logprobs`; nothing where there are none. */
export function logprobsOf(tokens: readonly TokenLogprob[]): Record<string, unknown> {
  if (tokens.length === 0) return {}
  return {
    logprobs: tokens.map(({ top, ...token }) => ({ ...token, ...(top.length > 0 && { top_logprobs: top }) }))
  }
}
