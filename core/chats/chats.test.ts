import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AnswerInfo } from '../contract/chats.ts'
import type { AppEvent } from '../contract/events.ts'
import type { Citation } from '../contract/knowledge.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { silentLogger } from '../lib/logger.ts'
import type { ChatEvent } from '../providers/spec/chat.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import type { AnswerRequest, AnswerSource } from './answer-source.ts'
import { Chats } from './chats.ts'

const info: AnswerInfo = {
  model: 'test/model',
  traceId: '0'.repeat(32),
  firstTokenMs: 1,
  durationMs: 2,
  usage: null,
  cost: { kind: 'free' }
}
const textEvent = (text: string): ChatEvent => ({ parts: [{ type: 'text-delta', text }] })

/** An answer source whose answers are written by the test, event by event. */
class ScriptedSource implements AnswerSource {
  readonly requests: AnswerRequest[] = []
  citations: Citation[] | null = null
  script: (request: AnswerRequest) => AsyncGenerator<ChatEvent> = async function* () {
    yield textEvent('Hello ')
    yield textEvent('there')
  }

  async answer(request: AnswerRequest) {
    this.requests.push(request)
    return {
      events: this.script(request),
      info: Promise.resolve(info),
      citations: Promise.resolve(this.citations)
    }
  }
}

/** Yields one word, then waits until it is stopped. */
async function* untilStopped({ signal }: AnswerRequest): AsyncGenerator<ChatEvent> {
  yield textEvent('partial')
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

let folder: string
let store: Store
let source: ScriptedSource
let chats: Chats
let events: AppEvent[]
let onEvent: (event: AppEvent) => void

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'homeport-chats-'))
  store = await openStore({ dataDir: folder, logger: silentLogger })
  source = new ScriptedSource()
  events = []
  onEvent = () => {}
  chats = openChats()
})
afterEach(async () => {
  await chats.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function openChats(): Chats {
  return new Chats({
    store,
    source,
    publish: (event) => {
      events.push(event)
      onEvent(event)
    },
    eventSeq: () => events.length,
    logger: silentLogger
  })
}

function nextEvent<T extends AppEvent['type']>(type: T): Promise<Extract<AppEvent, { type: T }>> {
  return new Promise((resolve) => {
    onEvent = (event) => {
      if (event.type === type) resolve(event as Extract<AppEvent, { type: T }>)
    }
  })
}

async function ask(chatId: string, text: string, parentId: string | null = null) {
  const saved = nextEvent('turn-saved')
  const started = await chats.startTurn(chatId, { parentId, text, model: 'test/model', feature: 'chat' })
  return { started, saved: (await saved).message }
}

describe('a turn', () => {
  it('saves the question and the finished answer, and says so once it is on disk', async () => {
    const chat = await chats.create({})
    const { started, saved } = await ask(chat.id, 'Hi')

    expect(saved).toMatchObject({
      text: 'Hello there',
      status: 'complete',
      info,
      parentId: started.userMessage?.id
    })
    expect(chats.get(chat.id).messages).toEqual([started.userMessage, saved])
    expect(chats.get(chat.id)).toMatchObject({
      activeLeafId: saved.id,
      running: false,
      title: 'Hi',
      model: 'test/model'
    })
    expect(events.map((event) => event.type)).toEqual([
      'chat-changed',
      'turn-started',
      'chat-changed',
      'turn-delta',
      'turn-delta',
      'turn-saved',
      'chat-changed'
    ])
  })

  it('tells the model the path to the question and nothing of other branches', async () => {
    const chat = await chats.create({})
    const first = await ask(chat.id, 'one')
    await ask(chat.id, 'two', first.saved.id)
    await ask(chat.id, 'another two', first.saved.id)

    expect(source.requests[2]?.messages.map((message) => message.content[0])).toEqual([
      { type: 'text', text: 'one' },
      { type: 'text', text: 'Hello there' },
      { type: 'text', text: 'another two' }
    ])
  })

  it('shows what was written so far to whoever looks while it runs', async () => {
    source.script = untilStopped
    const chat = await chats.create({})
    const delta = nextEvent('turn-delta')
    const { turnId } = await chats.startTurn(chat.id, {
      parentId: null,
      text: 'Hi',
      model: 'm',
      feature: 'chat'
    })
    await delta

    expect(chats.get(chat.id)).toMatchObject({
      running: true,
      runningTurnId: turnId,
      messages: [{ text: 'Hi' }, { text: 'partial', status: 'streaming' }]
    })
    await chats.stopTurn(turnId)
    expect(chats.get(chat.id).messages[1]).toMatchObject({ text: 'partial', status: 'stopped', error: null })
  })

  it('keeps the text and says why when the answer breaks off', async () => {
    source.script = async function* () {
      yield textEvent('half')
      throw new HomeportError('upstream-failed', 'The answer broke off.', { action: 'Try again.' })
    }
    const chat = await chats.create({})
    const { saved } = await ask(chat.id, 'Hi')
    expect(saved).toMatchObject({ text: 'half', status: 'failed', error: 'The answer broke off. Try again.' })
  })

  it('shows a constant text for a failure nobody foresaw', async () => {
    source.answer = () => Promise.reject(new Error('secret detail'))
    const chat = await chats.create({})
    const { saved } = await ask(chat.id, 'Hi')
    expect(saved.status).toBe('failed')
    expect(saved.error).not.toContain('secret')
  })

  it('is refused while another one runs in the same chat', async () => {
    source.script = untilStopped
    const chat = await chats.create({})
    const both = await Promise.allSettled([
      chats.startTurn(chat.id, { parentId: null, text: 'a', model: 'm', feature: 'chat' }),
      chats.startTurn(chat.id, { parentId: null, text: 'b', model: 'm', feature: 'chat' })
    ])
    expect(both.map((result) => result.status)).toEqual(['fulfilled', 'rejected'])
    expect(chats.get(chat.id).messages).toHaveLength(2)
  })

  it('answers a question again as a sibling of the first answer', async () => {
    const chat = await chats.create({})
    const { started, saved } = await ask(chat.id, 'Hi')
    const again = nextEvent('turn-saved')
    await chats.startTurn(chat.id, { parentId: saved.parentId, model: 'test/model', feature: 'chat' })
    const second = (await again).message

    expect(second.parentId).toBe(started.userMessage?.id)
    expect(chats.get(chat.id).activeLeafId).toBe(second.id)
    await chats.update(chat.id, { activeLeafId: saved.id })
    expect(chats.get(chat.id).activeLeafId).toBe(saved.id)
  })

  it('cannot start under a message of another chat, or answer an answer', async () => {
    const chat = await chats.create({})
    const other = await chats.create({})
    const { saved } = await ask(chat.id, 'Hi')
    const start = (chatId: string, text?: string) =>
      chats.startTurn(chatId, { parentId: saved.id, model: 'm', feature: 'chat', ...(text ? { text } : {}) })
    await expect(start(other.id, 'x')).rejects.toMatchObject({ code: 'not-found' })
    await expect(start(chat.id)).rejects.toMatchObject({ code: 'bad-request' })
  })
})

describe('after the daemon ended', () => {
  it('an answer under way is kept and marked interrupted', async () => {
    source.script = untilStopped
    const chat = await chats.create({})
    const delta = nextEvent('turn-delta')
    await chats.startTurn(chat.id, { parentId: null, text: 'Hi', model: 'm', feature: 'chat' })
    await delta
    await chats.close()
    expect(chats.get(chat.id).messages[1]).toMatchObject({ text: 'partial', status: 'interrupted' })
  })

  it('an answer that was never finished is marked interrupted at the next start', async () => {
    source.script = untilStopped
    const chat = await chats.create({})
    await chats.startTurn(chat.id, { parentId: null, text: 'Hi', model: 'm', feature: 'chat' })
    const restarted = openChats()
    await restarted.recover()
    expect(restarted.get(chat.id).messages[1]?.status).toBe('interrupted')
  })

  it('a start that finds all finished writes nothing, so that it need not wait for the writer', async () => {
    const chat = await chats.create({})
    await ask(chat.id, 'Hi')
    const write = vi.spyOn(store, 'write')
    await openChats().recover()
    expect(write).not.toHaveBeenCalled()
    write.mockRestore()
  })
})

describe('the list of chats', () => {
  it('finds chats by title and by any word of their messages, newest first', async () => {
    const lisbon = await chats.create({ title: 'Lisbon in four days' })
    await ask(lisbon.id, 'Which tram goes to Belém?')
    const sql = await chats.create({ title: 'SQL: sessions per week' })
    const found = (search: string) => chats.list(search, 10).map((chat) => chat.id)

    expect(found('lisbon')).toEqual([lisbon.id])
    expect(found('belem tram')).toEqual([lisbon.id])
    expect(found('sess')).toEqual([sql.id])
    expect(found('%')).toEqual([])
    expect(found('"*')).toEqual([])
    expect(chats.list(undefined, 10)).toHaveLength(2)
  })

  it('forgets a deleted chat with its messages and its search entries, stopping what runs in it', async () => {
    const chat = await chats.create({})
    await ask(chat.id, 'unforgettable')
    source.script = untilStopped
    const { activeLeafId } = chats.get(chat.id)
    await chats.startTurn(chat.id, { parentId: activeLeafId, text: 'more', model: 'm', feature: 'chat' })
    await chats.delete(chat.id)

    expect(chats.list('unforgettable', 10)).toEqual([])
    expect(() => chats.get(chat.id)).toThrow('does not exist')
    expect(store.homeport.get<{ n: number }>('SELECT count(*) n FROM messages')).toEqual({ n: 0 })
    expect(
      store.homeport.get<{ n: number }>(
        "SELECT count(*) n FROM message_search WHERE message_search MATCH 'unforgettable'"
      )
    ).toEqual({ n: 0 })
  })
})

describe('answers from notes', () => {
  const citation: Citation = {
    number: 1,
    supported: true,
    sourceId: 'vault',
    path: 'Bread.md',
    kind: 'markdown',
    title: 'Bread',
    headings: [],
    text: 'Bread needs salt.',
    start: 0,
    end: 17,
    page: null,
    tags: [],
    modifiedAt: 0,
    obsidianUrl: null
  }
  const wanted = () => source.requests.map(({ knowledge }) => knowledge)

  it('are looked up where the chat says so, unless the turn says otherwise', async () => {
    const chat = await chats.create({ knowledge: ['vault'] })
    await ask(chat.id, 'a')
    const changed = await chats.update(chat.id, { knowledge: ['vault/Food', 'work'] })
    const { activeLeafId } = chats.get(chat.id)
    const asked = nextEvent('turn-saved')
    const turn = { parentId: activeLeafId, text: 'b', model: 'm', feature: 'chat' } as const
    await chats.startTurn(chat.id, { ...turn, knowledge: [] })
    await asked
    expect(changed.knowledge).toEqual(['vault/Food', 'work'])
    expect(openChats().get(chat.id).knowledge).toEqual(['vault/Food', 'work'])
    expect(wanted()).toEqual([['vault'], []])
  })

  it('are looked up no more where the chat has nothing to look them up in', async () => {
    const chat = await chats.create({ knowledge: ['vault'] })
    await chats.update(chat.id, { knowledge: [] })
    await ask(chat.id, 'a')
    expect(chats.get(chat.id)).not.toHaveProperty('knowledge')
    expect(wanted()).toEqual([undefined])
  })

  it('keep what they rest on, in the event and on disk', async () => {
    source.citations = [citation]
    const chat = await chats.create({ knowledge: ['vault'] })
    const { saved } = await ask(chat.id, 'Salt?')
    expect(saved.citations).toEqual([citation])
    expect(openChats().get(chat.id).messages[1]?.citations).toEqual([citation])
  })

  it('are told again without the numbers of passages that are not', async () => {
    source.citations = [citation]
    source.script = async function* () {
      yield textEvent('Salt [1]. Time [1, 2], see [3](x).')
    }
    const chat = await chats.create({ knowledge: ['vault'] })
    const { saved } = await ask(chat.id, 'What?')
    await ask(chat.id, 'And?', saved.id)
    const told = source.requests[1]?.messages[1]?.content
    expect(told).toEqual([{ type: 'text', text: 'Salt. Time, see [3](x).' }])
  })
})
