import type { AnswerInfo } from '../contract/chats.ts'
import type { Citation } from '../contract/knowledge.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import type { PromptMessage } from '../providers/spec/prompt.ts'

/** What a turn asks for. */
export interface AnswerRequest {
  chatId: string
  model: string
  messages: PromptMessage[]
  feature: 'chat' | 'quick-prompt' | 'command-line'
  /** Scopes of the person's notes that the answer is looked up in; absent: none, unless the model's alias has some. */
  knowledge?: readonly string[]
  signal: AbortSignal
}

/** An answer under way. */
export interface Answer {
  /** Throws a HomeportError when the answer fails or breaks off, and the signal's reason when it was stopped. */
  events: AsyncIterable<ChatEvent>
  /** What to show under the answer, known after the last event; never rejects. */
  info: Promise<AnswerInfo>
  /** What was found for it, held against what it says; null where nothing was looked up. Like `info` otherwise. */
  citations: Promise<Citation[] | null>
}

/** Where turns get their answers: the request pipeline, seen from a chat. Rejects when the call fails before its first event. */
export interface AnswerSource {
  answer(request: AnswerRequest): Promise<Answer>
}
