import type {
  Chat,
  ChatMessage,
  ChatSummary,
  CreateChat,
  StartedTurn,
  StartTurn,
  UpdateChat
} from '../contract/chats.ts'
import type { AppEvent } from '../contract/events.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { newId } from '../lib/ids.ts'
import type { Logger } from '../lib/logger.ts'
import type { PromptMessage } from '../providers/spec/prompt.ts'
import type { Store } from '../store/store.ts'
import type { AnswerSource } from './answer-source.ts'
import { ChatRepository, type StoredChat } from './chat-repository.ts'
import { titleFromText } from './chat-title.ts'
import { RunningTurn } from './running-turn.ts'

const UNTITLED = 'New chat'

export interface ChatsOptions {
  store: Store
  source: AnswerSource
  publish: (event: AppEvent) => void
  /** Number of the last published event, for a client that goes on from there. */
  eventSeq: () => number
  logger: Logger
  now?: () => number
}

/** The person's chats and the turns running in them. Every resolved promise means: it is on disk. */
export class Chats {
  readonly #repository: ChatRepository
  readonly #options: ChatsOptions
  readonly #now: () => number
  /** By turn id. */
  readonly #running = new Map<string, { turn: RunningTurn; chatId: string; ended: Promise<void> }>()
  /** Chats whose turn is being started: between the check and the first write. */
  readonly #starting = new Set<string>()

  constructor(options: ChatsOptions) {
    this.#options = options
    this.#repository = new ChatRepository(options.store)
    this.#now = options.now ?? Date.now
  }

  /** Marks what an earlier run of the daemon left unfinished. Call once, before any turn. */
  async recover(): Promise<void> {
    // the first write starts the writer, which takes longer than all else in a start
    if (this.#repository.hasUnfinished()) await this.#repository.write(this.#repository.interruptUnfinished())
  }

  list(search: string | undefined, limit: number): ChatSummary[] {
    return this.#repository.list(search, limit).map((chat) => this.#summary(chat))
  }

  get(id: string): Chat {
    const chat = this.#require(id)
    const messages = this.#repository.messages(id).map((message) => this.#liveMessage(message))
    return {
      ...this.#summary(chat),
      activeLeafId: chat.activeLeafId,
      messages,
      runningTurnId: this.#runningTurnId(id),
      eventSeq: this.#options.eventSeq()
    }
  }

  async create(input: CreateChat): Promise<Chat> {
    const now = this.#now()
    const chat: StoredChat = {
      id: newId(),
      title: input.title ?? UNTITLED,
      model: input.model ?? null,
      activeLeafId: null,
      ...knowledgeOf(input.knowledge),
      createdAt: now,
      updatedAt: now
    }
    await this.#repository.write(this.#repository.insertChat(chat))
    this.#options.publish({ type: 'chat-changed', chat: this.#summary(chat) })
    return {
      ...this.#summary(chat),
      activeLeafId: null,
      messages: [],
      runningTurnId: null,
      eventSeq: this.#options.eventSeq()
    }
  }

  async update(id: string, patch: UpdateChat): Promise<ChatSummary> {
    const chat = this.#require(id)
    if (patch.activeLeafId !== undefined) this.#requireMessage(id, patch.activeLeafId)
    const { knowledge, ...kept } = chat
    const changed: StoredChat = {
      ...kept,
      ...knowledgeOf(patch.knowledge ?? knowledge),
      title: patch.title ?? chat.title,
      model: patch.model ?? chat.model,
      activeLeafId: patch.activeLeafId ?? chat.activeLeafId
    }
    await this.#repository.write(this.#repository.updateChat(changed))
    this.#options.publish({ type: 'chat-changed', chat: this.#summary(changed) })
    return this.#summary(changed)
  }

  /** Deletes the chat with all its messages; a running turn in it is stopped first. */
  async delete(id: string): Promise<void> {
    this.#require(id)
    await this.#endTurns((running) => running.chatId === id, 'stopped')
    await this.#repository.write(this.#repository.deleteChat(id))
    this.#options.publish({ type: 'chat-deleted', chatId: id })
  }

  /** Saves the question and an empty answer, starts the work and resolves. The answer goes on without its caller. */
  async startTurn(chatId: string, input: StartTurn): Promise<StartedTurn> {
    const chat = this.#require(chatId)
    if (this.#isRunning(chatId) || this.#starting.has(chatId)) {
      throw new HomeportError('conflict', 'This chat is still answering.', {
        action: 'Stop it first, or wait.'
      })
    }
    this.#starting.add(chatId)
    try {
      return await this.#startTurn(chat, input)
    } finally {
      this.#starting.delete(chatId)
    }
  }

  /** Ends a running turn, keeping what it has. Resolves when it is saved. */
  async stopTurn(turnId: string): Promise<void> {
    const running = this.#running.get(turnId)
    if (!running) throw new HomeportError('not-found', 'No such turn is running.')
    running.turn.stop('stopped')
    await running.ended
  }

  /** Ends all turns, marking them interrupted. */
  async close(): Promise<void> {
    await this.#endTurns(() => true, 'interrupted')
  }

  async #startTurn(chat: StoredChat, input: StartTurn): Promise<StartedTurn> {
    const parent = input.parentId === null ? null : this.#requireMessage(chat.id, input.parentId)
    const now = this.#now()
    const question = this.#question(chat.id, parent, input.text, now)
    const userMessage = input.text === undefined ? null : question
    const assistantMessage: ChatMessage = {
      ...question,
      id: newId(),
      parentId: question.id,
      role: 'assistant',
      text: '',
      status: 'streaming',
      createdAt: now
    }
    const changed: StoredChat = {
      ...chat,
      title: chat.title === UNTITLED ? titleFromText(question.text) : chat.title,
      model: input.model,
      activeLeafId: assistantMessage.id,
      updatedAt: now
    }
    await this.#repository.write(
      ...(userMessage ? [this.#repository.insertMessage(userMessage)] : []),
      this.#repository.insertMessage(assistantMessage),
      this.#repository.updateChat(changed)
    )
    const turnId = this.#run(changed, assistantMessage, question.id, input)
    this.#options.publish({ type: 'turn-started', turnId, chatId: chat.id, userMessage, assistantMessage })
    this.#options.publish({ type: 'chat-changed', chat: this.#summary(changed) })
    return { turnId, userMessage, assistantMessage }
  }

  /** The user message that is answered: a new one, or the one named for another answer. */
  #question(chatId: string, parent: ChatMessage | null, text: string | undefined, now: number): ChatMessage {
    if (text === undefined) {
      if (parent?.role === 'user') return parent
      throw new HomeportError('bad-request', 'Only a question can be answered again.', { param: 'parentId' })
    }
    if (parent?.role === 'user') {
      throw new HomeportError('bad-request', 'A question follows an answer, not a question.', {
        param: 'parentId'
      })
    }
    return {
      id: newId(),
      chatId,
      parentId: parent?.id ?? null,
      role: 'user',
      text,
      reasoning: '',
      status: 'complete',
      error: null,
      info: null,
      createdAt: now
    }
  }

  #run(chat: StoredChat, message: ChatMessage, questionId: string, input: StartTurn): string {
    const { publish, source, logger } = this.#options
    const turnId = newId()
    const knowledge = input.knowledge ?? chat.knowledge
    const turn = new RunningTurn(turnId, message, {
      onDelta: (text, reasoning) =>
        publish({ type: 'turn-delta', turnId, chatId: chat.id, messageId: message.id, text, reasoning }),
      save: (current) => this.#repository.write(this.#repository.updateMessage(current))
    })
    const request = {
      chatId: chat.id,
      model: input.model,
      messages: this.#prompt(questionId),
      feature: input.feature,
      ...(knowledge && { knowledge })
    }
    const ended = turn
      .run(source, request)
      .catch((error: unknown) => {
        logger.error(
          { turnId, error: error instanceof Error ? error.name : 'unknown' },
          'an answer could not be saved'
        )
        return {
          ...turn.message,
          status: 'failed',
          error: 'This answer could not be saved to disk.'
        } as const
      })
      .then((saved) => {
        this.#running.delete(turnId)
        publish({ type: 'turn-saved', turnId, chatId: chat.id, message: saved })
        const current = this.#repository.get(chat.id)
        if (current) publish({ type: 'chat-changed', chat: this.#summary(current) })
      })
    this.#running.set(turnId, { turn, chatId: chat.id, ended })
    return turnId
  }

  /** What the model is told: the path to the question, without answers that never said anything. */
  #prompt(questionId: string): PromptMessage[] {
    return this.#repository
      .path(questionId)
      .filter((message) => message.text !== '')
      .map((message) => ({ role: message.role, content: [{ type: 'text', text: saidIn(message) }] }))
  }

  async #endTurns(
    which: (running: { chatId: string }) => boolean,
    reason: 'stopped' | 'interrupted'
  ): Promise<void> {
    const ending = [...this.#running.values()].filter(which)
    for (const running of ending) running.turn.stop(reason)
    await Promise.all(ending.map((running) => running.ended))
  }

  #isRunning(chatId: string): boolean {
    return this.#runningTurnId(chatId) !== null
  }

  #runningTurnId(chatId: string): string | null {
    for (const [turnId, running] of this.#running) if (running.chatId === chatId) return turnId
    return null
  }

  #liveMessage(message: ChatMessage): ChatMessage {
    if (message.status !== 'streaming') return message
    for (const { turn } of this.#running.values()) if (turn.message.id === message.id) return turn.message
    return message
  }

  #summary(chat: StoredChat): ChatSummary {
    const { activeLeafId: _, ...summary } = chat
    return { ...summary, running: this.#isRunning(chat.id) }
  }

  #require(id: string): StoredChat {
    const chat = this.#repository.get(id)
    if (!chat) throw new HomeportError('not-found', 'This chat does not exist.')
    return chat
  }

  #requireMessage(chatId: string, messageId: string): ChatMessage {
    const message = this.#repository.message(messageId)
    if (message?.chatId !== chatId)
      throw new HomeportError('not-found', 'This message does not exist in this chat.')
    return message
  }
}

/** Without marks such as `[1]`: they name passages that the model is not shown again. */
const saidIn = ({ text, citations }: ChatMessage): string =>
  citations ? text.replace(/\s?\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\](?!\()/g, '') : text

/** A chat that looks nothing up has no list of scopes, not an empty one. */
const knowledgeOf = (scopes: readonly string[] | undefined): { knowledge?: string[] } =>
  scopes && scopes.length > 0 ? { knowledge: [...scopes] } : {}
