import type { ChatMessage } from '../../../core/contract/chats.ts'

/** A chat is a tree: editing a question or asking again adds a branch beside the old one. */
export type MessagesById = Readonly<Record<string, ChatMessage>>

/** The messages from the root to this leaf. Empty when there is no such leaf. */
export function pathTo(messages: MessagesById, leafId: string | null): ChatMessage[] {
  const path: ChatMessage[] = []
  const seen = new Set<string>()
  for (let id = leafId; id !== null && !seen.has(id); ) {
    const message = messages[id]
    if (!message) break
    seen.add(id)
    path.push(message)
    id = message.parentId
  }
  return path.reverse()
}

/** A message's branches: all messages with its parent, oldest first, itself among them. */
export function siblingsOf(messages: MessagesById, message: ChatMessage): ChatMessage[] {
  return childrenOf(messages, message.parentId)
}

/** The leaf reached from here by always taking the newest child. */
export function newestLeaf(messages: MessagesById, fromId: string): string {
  let id = fromId
  for (;;) {
    const child = childrenOf(messages, id).at(-1)
    if (!child || child.id === id) return id
    id = child.id
  }
}

/** Every message with the number and ids of its branches, in one pass: what a list of messages needs to draw. */
export function branchesOf(messages: MessagesById): Map<string | null, string[]> {
  const children = new Map<string | null, ChatMessage[]>()
  for (const message of Object.values(messages)) {
    const of = children.get(message.parentId)
    if (of) of.push(message)
    else children.set(message.parentId, [message])
  }
  return new Map([...children].map(([parent, of]) => [parent, of.sort(byAge).map((message) => message.id)]))
}

function childrenOf(messages: MessagesById, parentId: string | null): ChatMessage[] {
  return Object.values(messages)
    .filter((message) => message.parentId === parentId)
    .sort(byAge)
}

// ids are UUIDv7: they sort by creation where two share a millisecond
function byAge(a: ChatMessage, b: ChatMessage): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)
}
