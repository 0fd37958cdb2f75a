import { describe, expect, it } from 'vitest'
import type { ChatSummary } from '../../../core/contract/chats.ts'
import { groupChats } from './chat-groups.ts'

const chat = (id: string, updatedAt: Date): ChatSummary => ({
  id,
  title: id,
  model: null,
  createdAt: 0,
  updatedAt: updatedAt.getTime(),
  running: false
})

describe('groupChats', () => {
  it('sorts chats under headings by local days and leaves empty headings out', () => {
    const now = new Date(2026, 10, 21, 0, 30).getTime()
    const groups = groupChats(
      [
        chat('just now', new Date(2026, 10, 21, 0, 10)),
        chat('an hour ago, yesterday', new Date(2026, 10, 20, 23, 30)),
        chat('five days ago', new Date(2026, 10, 16)),
        chat('last year', new Date(2025, 10, 16)),
        chat('a clock that ran ahead', new Date(2026, 10, 21, 1))
      ],
      now
    )
    expect(groups.map((group) => [group.label, group.chats.map((item) => item.id)])).toEqual([
      ['Today', ['just now', 'a clock that ran ahead']],
      ['Yesterday', ['an hour ago, yesterday']],
      ['This week', ['five days ago']],
      ['Earlier', ['last year']]
    ])
  })
})
