import type { Chat, ChatMessage, ChatSummary } from '../../../core/contract/chats.ts'
import type { AppEvent } from '../../../core/contract/events.ts'
import type { MessagesById } from './chat-tree.ts'

/** One open chat as the window holds it. Messages keep their identity until they change. */
export interface ChatState {
  summary: ChatSummary
  messages: MessagesById
  activeLeafId: string | null
  /** The turn that writes a message, by the message's id. */
  turns: Readonly<Record<string, string>>
  /** Events up to this number are contained. */
  seq: number
}

export function fromChat(chat: Chat): ChatState {
  const { activeLeafId, messages, runningTurnId, eventSeq, ...summary } = chat
  const written = messages.find(({ status }) => status === 'streaming')
  return {
    summary,
    messages: Object.fromEntries(messages.map((message) => [message.id, message])),
    activeLeafId,
    turns: runningTurnId !== null && written ? { [written.id]: runningTurnId } : {},
    seq: eventSeq
  }
}

/** The chat after an event. The same object when the event says nothing new about it. */
export function applyEvent(chat: ChatState, event: AppEvent, seq: number): ChatState {
  if (seq <= chat.seq) return chat
  switch (event.type) {
    case 'turn-started': {
      if (event.chatId !== chat.summary.id) return chat
      const { userMessage, assistantMessage, turnId } = event
      return withTurn({ ...chat, seq }, turnId, userMessage, assistantMessage)
    }
    case 'turn-delta': {
      const message = chat.messages[event.messageId]
      if (event.chatId !== chat.summary.id || message?.status !== 'streaming') return chat
      const text = message.text + event.text
      const reasoning = message.reasoning + event.reasoning
      return {
        ...put(chat, { ...message, text, reasoning }),
        turns: { ...chat.turns, [message.id]: event.turnId },
        seq
      }
    }
    case 'turn-saved': {
      if (event.chatId !== chat.summary.id) return chat
      const { [event.message.id]: _, ...turns } = chat.turns
      return { ...put(chat, event.message), turns, seq }
    }
    case 'chat-changed':
      return event.chat.id === chat.summary.id ? { ...chat, summary: event.chat, seq } : chat
    default:
      return chat
  }
}

/** The chat with a turn that has begun, from its event or from the answer to the call; either may come first. */
export function withTurn(
  chat: ChatState,
  turnId: string,
  userMessage: ChatMessage | null,
  assistantMessage: ChatMessage
): ChatState {
  if (chat.messages[assistantMessage.id]) return chat
  const withQuestion = userMessage ? put(chat, userMessage) : chat
  return {
    ...put(withQuestion, assistantMessage),
    activeLeafId: assistantMessage.id,
    turns: { ...chat.turns, [assistantMessage.id]: turnId }
  }
}

function put(chat: ChatState, message: ChatMessage): ChatState {
  return { ...chat, messages: { ...chat.messages, [message.id]: message } }
}
