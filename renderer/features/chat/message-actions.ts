import type { ChatMessage } from '../../../core/contract/chats.ts'

/** What can be done with a message. One object for the whole chat, so that finished messages need no new drawing. */
export interface MessageActions {
  /** Shows the branch this message is on. */
  show: (messageId: string) => void
  /** Asks the edited question beside the old one. */
  edit: (question: ChatMessage, text: string) => void
  /** Another answer to the same question. */
  answerAgain: (answer: ChatMessage) => void
  /** Keeps an answer with its question as a note; null while there is no place for notes. */
  saveAsNote: ((answer: ChatMessage) => void) | null
}
