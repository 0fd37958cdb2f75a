import { create } from 'zustand'
import type { Chat, StartTurn } from '../../../core/contract/chats.ts'
import type { SequencedEvent } from '../../../core/contract/events.ts'
import { errorText } from '../app-request-error.ts'
import { daemon } from '../daemon.ts'
import { applyEvent, type ChatState, fromChat, withTurn } from './chat-state.ts'
import { createFrameBuffer } from './frame-buffer.ts'

interface OpenChats {
  chats: Readonly<Record<string, ChatState>>
  errors: Readonly<Record<string, string>>
}

/** The chats this window has fetched, each kept current by events. */
export const useOpenChats = create<OpenChats>(() => ({ chats: {}, errors: {} }))

/** Events that came while a chat was being fetched: they may be newer than the answer. */
const loading = new Map<string, SequencedEvent[]>()

/** Fetches a chat unless it is here already. */
export async function loadChat(id: string, force = false): Promise<void> {
  if (loading.has(id) || (!force && useOpenChats.getState().chats[id])) return
  const missed: SequencedEvent[] = []
  loading.set(id, missed)
  try {
    const chat = await daemon.invoke('GET /app/chats/:id', { params: { id } })
    putChat(missed.reduce((state, { event, seq }) => applyEvent(state, event, seq), fromChat(chat)))
  } catch (thrown) {
    const error = errorText(thrown)
    useOpenChats.setState(({ errors }) => ({ errors: { ...errors, [id]: error } }))
  } finally {
    loading.delete(id)
  }
}

/** A new chat; without a title it is named after its first question. */
export async function createChat(
  model: string,
  more: { title?: string; knowledge?: string[] } = {}
): Promise<Chat> {
  const chat = await daemon.invoke('POST /app/chats', { body: { model, ...more } })
  putChat(fromChat(chat))
  return chat
}

/** Asks, or asks again; the answer arrives by events. */
export async function startTurn(
  chatId: string,
  turn: Omit<StartTurn, 'feature'> & { feature?: StartTurn['feature'] }
): Promise<string> {
  const started = await daemon.invoke('POST /app/chats/:id/turns', { params: { id: chatId }, body: turn })
  update(chatId, (chat) => withTurn(chat, started.turnId, started.userMessage, started.assistantMessage))
  return started.assistantMessage.id
}

/** Stops the answer being written; nothing happens when it has just ended. */
export async function stopAnswer(chatId: string, messageId: string): Promise<void> {
  const turnId = useOpenChats.getState().chats[chatId]?.turns[messageId]
  if (turnId) await daemon.invoke('DELETE /app/turns/:id', { params: { id: turnId } })
}

/** Shows another branch, here at once and from now on. */
export async function showLeaf(chatId: string, leafId: string): Promise<void> {
  update(chatId, (chat) => ({ ...chat, activeLeafId: leafId }))
  await daemon.invoke('PATCH /app/chats/:id', { params: { id: chatId }, body: { activeLeafId: leafId } })
}

function putChat(chat: ChatState): void {
  const { id } = chat.summary
  useOpenChats.setState(({ chats, errors: { [id]: _, ...errors } }) => ({
    chats: { ...chats, [id]: chat },
    errors
  }))
}

function update(id: string, change: (chat: ChatState) => ChatState): void {
  const chat = useOpenChats.getState().chats[id]
  if (chat) putChat(change(chat))
}

function deliver(events: SequencedEvent[]): void {
  const before = useOpenChats.getState().chats
  let chats = before
  for (const { event, seq } of events) {
    if (event.type === 'chat-deleted') {
      const { [event.chatId]: _, ...rest } = chats
      chats = rest
      continue
    }
    for (const [id, chat] of Object.entries(chats)) {
      const after = applyEvent(chat, event, seq)
      if (after !== chat) chats = { ...chats, [id]: after }
    }
  }
  if (chats !== before) useOpenChats.setState({ chats })
}

const bufferEvent = createFrameBuffer(deliver)

daemon.subscribe((sequenced) => {
  const { event } = sequenced
  if (event.type === 'reset') {
    // numbers of another epoch mean nothing here: fetch everything that is open again
    for (const id of Object.keys(useOpenChats.getState().chats)) void loadChat(id, true)
    return
  }
  for (const missed of loading.values()) missed.push(sequenced)
  bufferEvent(sequenced)
})
