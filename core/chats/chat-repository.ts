import { z } from 'zod'
import { type AnswerInfo, answerInfoSchema, type ChatMessage, type ChatSummary } from '../contract/chats.ts'
import { type Citation, citationSchema } from '../contract/knowledge.ts'
import type { Statement, Store } from '../store/store.ts'

interface ChatRow {
  id: string
  title: string
  model: string | null
  active_leaf_id: string | null
  /** JSON. */
  knowledge: string | null
  created_at: number
  updated_at: number
}

interface MessageRow {
  id: string
  chat_id: string
  parent_id: string | null
  role: ChatMessage['role']
  text: string
  reasoning: string
  status: ChatMessage['status']
  error: string | null
  info: string | null
  /** JSON. */
  citations: string | null
  created_at: number
}

/** A chat without its messages, as it is stored. */
export type StoredChat = Omit<ChatSummary, 'running'> & { activeLeafId: string | null }

const toChat = (row: ChatRow): StoredChat => ({
  id: row.id,
  title: row.title,
  model: row.model,
  activeLeafId: row.active_leaf_id,
  ...(row.knowledge !== null && { knowledge: scopes.parse(JSON.parse(row.knowledge)) }),
  createdAt: row.created_at,
  updatedAt: row.updated_at
})

const toMessage = (row: MessageRow): ChatMessage => ({
  id: row.id,
  chatId: row.chat_id,
  parentId: row.parent_id,
  role: row.role,
  text: row.text,
  reasoning: row.reasoning,
  status: row.status,
  error: row.error,
  info: readInfo(row.info),
  ...(row.citations !== null && { citations: readCitations(row.citations) }),
  createdAt: row.created_at
})

const scopes = z.array(z.string())
const citations = z.array(citationSchema)
const readCitations = (json: string): Citation[] => citations.parse(JSON.parse(json))

function readInfo(json: string | null): AnswerInfo | null {
  return json === null ? null : answerInfoSchema.parse(JSON.parse(json))
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))

/** Words of a search as an FTS5 query: every word must occur, the last may be unfinished. */
function toFtsQuery(search: string): string | null {
  const words = search.match(/[\p{L}\p{N}]+/gu)
  return words ? words.map((word) => `"${word}"*`).join(' ') : null
}

/** Chats and messages in homeport.db. Reads are direct; changes are statements for one `write`. */
export class ChatRepository {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  list(search: string | undefined, limit: number): StoredChat[] {
    const text = search?.trim()
    if (!text) {
      return this.#store.homeport
        .all<ChatRow>('SELECT * FROM chats ORDER BY updated_at DESC, id DESC LIMIT ?', limit)
        .map(toChat)
    }
    const titlePattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    const query = toFtsQuery(text)
    if (query === null) {
      return this.#store.homeport
        .all<ChatRow>(
          "SELECT * FROM chats WHERE title LIKE ? ESCAPE '\\' ORDER BY updated_at DESC, id DESC LIMIT ?",
          titlePattern,
          limit
        )
        .map(toChat)
    }
    return this.#store.homeport
      .all<ChatRow>(
        `SELECT * FROM chats
         WHERE title LIKE ? ESCAPE '\\'
            OR id IN (SELECT m.chat_id FROM message_search s JOIN messages m ON m.seq = s.rowid
                      WHERE message_search MATCH ?)
         ORDER BY updated_at DESC, id DESC LIMIT ?`,
        titlePattern,
        query,
        limit
      )
      .map(toChat)
  }

  get(id: string): StoredChat | null {
    const row = this.#store.homeport.get<ChatRow>('SELECT * FROM chats WHERE id = ?', id)
    return row ? toChat(row) : null
  }

  messages(chatId: string): ChatMessage[] {
    return this.#store.homeport
      .all<MessageRow>('SELECT * FROM messages WHERE chat_id = ? ORDER BY seq', chatId)
      .map(toMessage)
  }

  message(id: string): ChatMessage | null {
    const row = this.#store.homeport.get<MessageRow>('SELECT * FROM messages WHERE id = ?', id)
    return row ? toMessage(row) : null
  }

  /** From the root down to this message. */
  path(messageId: string): ChatMessage[] {
    return this.#store.homeport
      .all<MessageRow>(
        `WITH RECURSIVE path (id, parent_id, depth) AS (
           SELECT id, parent_id, 0 FROM messages WHERE id = ?
           UNION ALL
           SELECT m.id, m.parent_id, path.depth + 1 FROM messages m JOIN path ON m.id = path.parent_id
         )
         SELECT messages.* FROM path JOIN messages USING (id) ORDER BY depth DESC`,
        messageId
      )
      .map(toMessage)
  }

  async write(...statements: Statement[]): Promise<void> {
    await this.#store.write('homeport', statements)
  }

  insertChat(chat: StoredChat): Statement {
    return {
      sql: `INSERT INTO chats (id, title, model, active_leaf_id, knowledge, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)`,
      params: [
        chat.id,
        chat.title,
        chat.model,
        chat.activeLeafId,
        json(chat.knowledge),
        chat.createdAt,
        chat.updatedAt
      ]
    }
  }

  updateChat(chat: StoredChat): Statement {
    return {
      sql: 'UPDATE chats SET title = ?, model = ?, active_leaf_id = ?, knowledge = ?, updated_at = ? WHERE id = ?',
      params: [chat.title, chat.model, chat.activeLeafId, json(chat.knowledge), chat.updatedAt, chat.id]
    }
  }

  deleteChat(id: string): Statement {
    return { sql: 'DELETE FROM chats WHERE id = ?', params: [id] }
  }

  insertMessage(message: ChatMessage): Statement {
    return {
      sql: `INSERT INTO messages (id, chat_id, parent_id, role, text, reasoning, status, error, info, citations,
                                  created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      params: [
        message.id,
        message.chatId,
        message.parentId,
        message.role,
        message.text,
        message.reasoning,
        message.status,
        message.error,
        message.info && JSON.stringify(message.info),
        json(message.citations),
        message.createdAt
      ]
    }
  }

  updateMessage(message: ChatMessage): Statement {
    return {
      sql: 'UPDATE messages SET text = ?, reasoning = ?, status = ?, error = ?, info = ?, citations = ? WHERE id = ?',
      params: [
        message.text,
        message.reasoning,
        message.status,
        message.error,
        message.info && JSON.stringify(message.info),
        json(message.citations),
        message.id
      ]
    }
  }

  hasUnfinished(): boolean {
    return this.#store.homeport.get("SELECT 1 FROM messages WHERE status = 'streaming'") !== undefined
  }

  /** Answers that were being written when the daemon last ended keep what was flushed of them. */
  interruptUnfinished(): Statement {
    return { sql: "UPDATE messages SET status = 'interrupted' WHERE status = 'streaming'" }
  }
}
