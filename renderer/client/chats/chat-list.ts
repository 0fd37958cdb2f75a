import { create } from 'zustand'
import type { ChatSummary } from '../../../core/contract/chats.ts'
import { errorText } from '../app-request-error.ts'
import { daemon } from '../daemon.ts'

interface ChatList {
  search: string
  /** null until the first answer. */
  chats: ChatSummary[] | null
  error: string | null
}

export const useChatList = create<ChatList>(() => ({ search: '', chats: null, error: null }))

let wanted = 0

/** Fetches the list for the words searched for. A slower, older answer never replaces a newer one. */
export async function loadChatList(): Promise<void> {
  const number = ++wanted
  const { search } = useChatList.getState()
  try {
    const query = search === '' ? {} : { search }
    const { chats } = await daemon.invoke('GET /app/chats', { query })
    if (number === wanted) useChatList.setState({ chats, error: null })
  } catch (thrown) {
    if (number === wanted) useChatList.setState({ error: errorText(thrown) })
  }
}

export function searchChats(search: string): void {
  useChatList.setState({ search })
  void loadChatList()
}

export async function renameChat(id: string, title: string): Promise<void> {
  await daemon.invoke('PATCH /app/chats/:id', { params: { id }, body: { title } })
}

export async function deleteChat(id: string): Promise<void> {
  await daemon.invoke('DELETE /app/chats/:id', { params: { id } })
}

daemon.subscribe(({ event }) => {
  const { chats, search } = useChatList.getState()
  if (chats === null) return
  if (event.type === 'reset') void loadChatList()
  if (event.type === 'chat-deleted')
    useChatList.setState({ chats: chats.filter((chat) => chat.id !== event.chatId) })
  if (event.type === 'chat-changed') {
    const known = chats.some((chat) => chat.id === event.chat.id)
    // what matches a search, only the daemon knows
    if (!known && search !== '') return
    const others = chats.filter((chat) => chat.id !== event.chat.id)
    const updated = [event.chat, ...others].sort((a, b) => b.updatedAt - a.updatedAt)
    useChatList.setState({ chats: updated })
  }
})
