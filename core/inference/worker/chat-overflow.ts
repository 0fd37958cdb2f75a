import type { EngineChat, EngineMessage } from '../../contract/engine-frames.ts'
import type { ChatPrompt } from './chat-template.ts'
import { EngineError } from './engine-error.ts'

/** A chat that fits the context, and what was done to it. */
export interface FittedChat {
  prompt: ChatPrompt
  notes: string[]
}

export interface ContextRoom {
  contextTokens: number
  promptOf(chat: EngineChat): ChatPrompt
  countText(text: string): number
  /** What these messages said, in at most so many tokens. */
  summarise(messages: EngineMessage[], maxTokens: number): Promise<string>
}

/** Positions the binding keeps free at the end of the context. */
export const RESERVED_TOKENS = 2
/** Room for an answer whose length nobody limits, when turns are left out. */
const ANSWER_TOKENS = 1024
const SUMMARY_TOKENS = 256
/** The part of the context that turns are left out by. */
const STEP = 1 / 4

/**
 * Makes a chat fit the context in the way it asks for, or throws `context-overflow`. Nothing is left out without a note.
 *
 * Turns are left out by a quarter of the context at a time: were it by as much as is just needed, the prompt would begin
 * anew with every turn, and nothing of it could be reused.
 */
export async function fitChat(chat: EngineChat, room: ContextRoom): Promise<FittedChat> {
  const { contextTokens } = room
  const prompt = room.promptOf(chat)
  if (prompt.tokens.length + RESERVED_TOKENS < contextTokens) return { prompt, notes: [] }

  const isSummarised = chat.overflow === 'summarise'
  const step = Math.max(1, Math.floor(contextTokens * STEP))
  const answerTokens = Math.min(chat.maxTokens ?? ANSWER_TOKENS, step)
  const summaryTokens = isSummarised ? Math.min(SUMMARY_TOKENS, Math.floor(step / 2)) : 0
  const units = chat.overflow === 'stop' ? [] : unitsOf(chat.messages)
  const sizes = units.map((unit) => unit.reduce((sum, message) => sum + room.countText(textOf(message)), 0))

  for (let wanted = step, left = 0; left < units.length; wanted += step) {
    left = unitsWorth(sizes, wanted)
    const out = units.slice(0, left).flat()
    const kept = chat.messages.filter((message) => !out.includes(message))
    const slid = room.promptOf({ ...chat, messages: kept })
    if (slid.tokens.length + summaryTokens + answerTokens + RESERVED_TOKENS >= contextTokens) continue
    if (!isSummarised) return { prompt: slid, notes: [noteOf(out.length, contextTokens, 'left out')] }
    const summary = await room.summarise(out, summaryTokens)
    const summarised = room.promptOf({ ...chat, messages: withSummary(kept, summary) })
    if (summarised.tokens.length + RESERVED_TOKENS >= contextTokens) continue
    const note = noteOf(out.length, contextTokens, 'replaced by a summary that the model wrote')
    return { prompt: summarised, notes: [note] }
  }
  throw overflow(prompt.tokens.length, contextTokens)
}

/**
 * What can be left out, oldest first: the turns before the last, each from one message of the user to the next, and of the
 * last turn all rounds of tool calls but the newest. A call and its results are never parted.
 */
function unitsOf(messages: readonly EngineMessage[]): EngineMessage[][] {
  const lastUser = messages.findLastIndex(({ role }) => role === 'user')
  const turns: EngineMessage[][] = []
  const rounds: EngineMessage[][] = []
  for (const [index, message] of messages.entries()) {
    if (message.role === 'system' || index === lastUser) continue
    const units = index < lastUser ? turns : rounds
    const begins = index < lastUser ? message.role === 'user' : message.role === 'assistant'
    if (begins || units.length === 0) units.push([message])
    else units.at(-1)?.push(message)
  }
  return [...turns, ...rounds.slice(0, -1)]
}

/** How many of the first units have at least so many tokens together. */
function unitsWorth(sizes: readonly number[], wanted: number): number {
  let sum = 0
  const last = sizes.findIndex((size) => {
    sum += size
    return sum >= wanted
  })
  return last === -1 ? sizes.length : last + 1
}

function withSummary(messages: EngineMessage[], summary: string): EngineMessage[] {
  const first = messages.findIndex(({ role }) => role !== 'system')
  const text = `Summary of the conversation so far:\n${summary}`
  return messages.toSpliced(first === -1 ? messages.length : first, 0, { role: 'system', text })
}

export function textOf(message: EngineMessage): string {
  if (message.role !== 'assistant') return message.text
  return [message.text, ...message.toolCalls.map((call) => `${call.name} ${call.arguments}`)].join('\n')
}

function noteOf(count: number, contextTokens: number, what: string): string {
  const subject = count === 1 ? 'oldest message was' : `${count} oldest messages were`
  return `The ${subject} ${what}: the conversation is longer than the ${contextTokens} tokens that this model has room for.`
}

function overflow(promptTokens: number, contextTokens: number): EngineError {
  return new EngineError(
    'context-overflow',
    `The messages are ${promptTokens} tokens long, and this model has room for ${contextTokens} with its answer. Send less, or choose a model with a larger context.`
  )
}
