import type { ChatSummary } from '../../../core/contract/chats.ts'
import { daysBefore } from '../../components/format/time.ts'

export interface ChatGroup {
  label: string
  chats: ChatSummary[]
}

const spans = [
  { label: 'Today', days: 0 },
  { label: 'Yesterday', days: 1 },
  { label: 'This week', days: 6 },
  { label: 'This month', days: 30 },
  { label: 'Earlier', days: Number.POSITIVE_INFINITY }
]

/** Chats under headings of time, newest first; headings without chats are left out. */
export function groupChats(chats: readonly ChatSummary[], now: number): ChatGroup[] {
  const groups = spans.map(({ label }): ChatGroup => ({ label, chats: [] }))
  for (const chat of chats) {
    const age = daysBefore(chat.updatedAt, now)
    groups[spans.findIndex(({ days }) => age <= days)]?.chats.push(chat)
  }
  return groups.filter((group) => group.chats.length > 0)
}
