import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '../../../core/contract/chats.ts'
import { branchesOf, newestLeaf, pathTo, siblingsOf } from './chat-tree.ts'

function message(id: string, parentId: string | null, createdAt: number): ChatMessage {
  const role = id.startsWith('q') ? 'user' : 'assistant'
  return {
    id,
    chatId: 'c',
    parentId,
    role,
    text: id,
    reasoning: '',
    status: 'complete',
    error: null,
    info: null,
    createdAt
  }
}

const tree = Object.fromEntries(
  [
    message('q1', null, 1),
    message('a1', 'q1', 2),
    message('a2', 'q1', 5),
    message('q2', 'a1', 3),
    message('a3', 'q2', 4),
    message('q3', 'a1', 6),
    message('a4', 'q3', 7)
  ].map((item) => [item.id, item])
)
const ids = (messages: ChatMessage[]): string[] => messages.map((item) => item.id)
const at = (id: string): ChatMessage => tree[id] ?? message(id, null, 0)

describe('a chat as a tree', () => {
  it('follows the active leaf back to the root', () => {
    expect(ids(pathTo(tree, 'a4'))).toEqual(['q1', 'a1', 'q3', 'a4'])
    expect(ids(pathTo(tree, 'a2'))).toEqual(['q1', 'a2'])
  })

  it('shows nothing for no leaf or an unknown one, and survives a circle', () => {
    expect(pathTo(tree, null)).toEqual([])
    expect(pathTo(tree, 'gone')).toEqual([])
    const circle = { x: message('x', 'y', 1), y: message('y', 'x', 2) }
    expect(ids(pathTo(circle, 'x'))).toEqual(['y', 'x'])
  })

  it('lists the branches of a message, oldest first', () => {
    expect(ids(siblingsOf(tree, at('a2')))).toEqual(['a1', 'a2'])
    expect(ids(siblingsOf(tree, at('q3')))).toEqual(['q2', 'q3'])
    expect(branchesOf(tree).get('a1')).toEqual(['q2', 'q3'])
  })

  it('goes down to the newest leaf when a branch is switched', () => {
    expect(newestLeaf(tree, 'a1')).toBe('a4')
    expect(newestLeaf(tree, 'q2')).toBe('a3')
    expect(newestLeaf(tree, 'a2')).toBe('a2')
  })
})
