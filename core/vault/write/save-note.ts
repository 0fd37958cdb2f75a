import type { SavedNote, SaveNote, Source } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { type NotedChat, saveChatNote } from './chat-note.ts'

export interface NoteSaverOptions {
  sources(): readonly Source[]
  /** Throws `not-found`. */
  chat(id: string): NotedChat
}

/** Saves chats as notes of the person's sources. What it gives throws `not-found` where there is no such source, chat or message. */
export function createNoteSaver({
  sources,
  chat
}: NoteSaverOptions): (wanted: SaveNote) => Promise<SavedNote> {
  return async (wanted) => {
    const source = sources().find(({ id }) => id === wanted.sourceId)
    if (!source) throw new HomeportError('not-found', `There is no source "${wanted.sourceId}".`)
    return saveChatNote(source, chat(wanted.chatId), wanted, new Date())
  }
}
