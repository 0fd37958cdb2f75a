import { describe, expect, it } from 'vitest'
import type { Chat, ChatMessage } from '../../../core/contract/chats.ts'
import type { AppEvent } from '../../../core/contract/events.ts'
import { applyEvent, fromChat, withTurn } from './chat-state.ts'

function message(id: string, parentId: string | null, extra: Partial<ChatMessage> = {}): ChatMessage {
  return {
    id,
    chatId: 'c',
    parentId,
    role: 'assistant',
    text: '',
    reasoning: '',
    status: 'streaming',
    error: null,
    info: null,
    createdAt: 1,
    ...extra
  }
}

const chat: Chat = {
  id: 'c',
  title: 'T',
  model: 'p/m',
  createdAt: 1,
  updatedAt: 1,
  running: true,
  activeLeafId: 'a',
  messages: [
    message('q', null, { role: 'user', text: 'hi', status: 'complete' }),
    message('a', 'q', { text: 'Hel' })
  ],
  runningTurnId: null,
  eventSeq: 10
}
const delta = (text: string, chatId = 'c'): AppEvent => ({
  type: 'turn-delta',
  turnId: 't',
  chatId,
  messageId: 'a',
  text,
  reasoning: ''
})

describe('applyEvent', () => {
  it('applies only events the fetched chat does not contain yet', () => {
    const state = fromChat(chat)
    expect(applyEvent(state, delta('Hel'), 10)).toBe(state)
    expect(applyEvent(state, delta('lo'), 11).messages.a?.text).toBe('Hello')
  })

  it('applies an event that is delivered twice once', () => {
    const once = applyEvent(fromChat(chat), delta('lo'), 11)
    expect(applyEvent(once, delta('lo'), 11)).toBe(once)
  })

  it('leaves messages alone that did not change, so that they are not drawn again', () => {
    const state = fromChat(chat)
    expect(applyEvent(state, delta('lo'), 11).messages.q).toBe(state.messages.q)
  })

  it('knows after a reload which turn to stop, before it says another word', () => {
    expect(fromChat({ ...chat, runningTurnId: 't' }).turns).toEqual({ a: 't' })
    expect(fromChat(chat).turns).toEqual({})
  })

  it('replaces the message by the saved one and forgets the turn', () => {
    const running = applyEvent(fromChat(chat), delta('lo'), 11)
    const saved = message('a', 'q', { text: 'Hello.', status: 'complete' })
    const after = applyEvent(running, { type: 'turn-saved', turnId: 't', chatId: 'c', message: saved }, 12)
    expect(after.messages.a).toBe(saved)
    expect(after.turns).toEqual({})
    expect(applyEvent(after, delta('!'), 13)).toBe(after)
  })

  it('ignores other chats', () => {
    const state = fromChat(chat)
    expect(applyEvent(state, delta('x', 'other'), 11)).toBe(state)
  })

  it('shows a new turn once, whether the event or the answer to the call comes first', () => {
    const question = message('q2', 'a', { role: 'user', text: 'more', status: 'complete' })
    const answer = message('a2', 'q2')
    const started: AppEvent = {
      type: 'turn-started',
      turnId: 't2',
      chatId: 'c',
      userMessage: question,
      assistantMessage: answer
    }
    const streamed = { ...delta('Sure'), turnId: 't2', messageId: 'a2' } as AppEvent
    const eventFirst = applyEvent(applyEvent(fromChat(chat), started, 11), streamed, 12)
    expect(withTurn(eventFirst, 't2', question, answer).messages.a2?.text).toBe('Sure')
    const callFirst = withTurn(fromChat(chat), 't2', question, answer)
    const both = applyEvent(applyEvent(callFirst, started, 11), streamed, 12)
    expect(both.messages.a2?.text).toBe('Sure')
    expect(both.activeLeafId).toBe('a2')
  })
})
