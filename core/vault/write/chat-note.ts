import type { Chat, ChatMessage } from '../../contract/chats.ts'
import type { Citation, SaveNote } from '../../contract/knowledge.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { fillTemplate, type NoteProperty } from './note-template.ts'
import { type NoteFolder, readTemplate, writeNote } from './write-note.ts'

/** A chat as far as a note says of it. */
export type NotedChat = Pick<Chat, 'id' | 'title' | 'messages' | 'activeLeafId'>

const NANO = 1_000_000_000

/**
 * Saves a chat as it is shown, or one answer of it with its question, as a new note of the source. Throws `not-found` for a
 * message that the chat does not have, and as `writeNote` does.
 */
export async function saveChatNote(
  source: NoteFolder,
  chat: NotedChat,
  { messageId, folder, name, template }: Pick<SaveNote, 'messageId' | 'folder' | 'name' | 'template'>,
  now: Date
) {
  const messages = messageId === undefined ? shownIn(chat) : answerIn(chat, messageId)
  const title = name ?? chat.title
  const text = fillTemplate(
    template === undefined ? null : await readTemplate(source, template),
    {
      title,
      content: messageId === undefined ? conversation(messages, source) : answer(messages, source),
      date: dateOf(now),
      time: timeOf(now),
      model: modelsOf(messages).join(', '),
      cost: costOf(messages) ?? '',
      sources: sourcesOf(messages, source).join('\n'),
      question: messages.find(({ role }) => role === 'user')?.text.trim() ?? ''
    },
    propertiesOf(chat, messages, source, now)
  )
  return writeNote(source, { folder, name: title, text })
}

function shownIn({ messages, activeLeafId }: NotedChat): ChatMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const shown: ChatMessage[] = []
  let at = activeLeafId
  while (at !== null) {
    const message = byId.get(at)
    if (!message) break
    shown.unshift(message)
    at = message.parentId
  }
  return shown
}

/** An answer behind its question. */
function answerIn({ messages }: NotedChat, id: string): ChatMessage[] {
  const found = messages.find((message) => message.id === id)
  if (!found) throw new HomeportError('not-found', 'This message does not exist in this chat.')
  if (found.role !== 'assistant')
    throw new HomeportError('bad-request', 'Only an answer can be saved, or the whole chat.', {
      param: 'messageId'
    })
  return messages.filter((message) => message.id === found.parentId).concat(found)
}

function propertiesOf(
  chat: NotedChat,
  messages: readonly ChatMessage[],
  source: NoteFolder,
  now: Date
): NoteProperty[] {
  const models = modelsOf(messages)
  const cost = costOf(messages)
  const sources = sourcesOf(messages, source)
  const traces = messages.flatMap(({ info }) => info?.traceId ?? [])
  return [
    ['date', `${dateOf(now)}T${timeOf(now)}`],
    ...(models.length > 0 ? [['model', models.length === 1 ? (models[0] ?? '') : models] as const] : []),
    ...(cost === null ? [] : [['cost', cost] as const]),
    ...(sources.length > 0 ? [['sources', sources] as const] : []),
    ['homeport-chat', chat.id],
    ...(traces.length > 0
      ? [['homeport-trace', traces.length === 1 ? (traces[0] ?? '') : traces] as const]
      : [])
  ]
}

const conversation = (messages: readonly ChatMessage[], source: NoteFolder): string =>
  messages
    .map(
      (message) =>
        `## ${message.role === 'user' ? 'You' : (message.info?.model ?? 'Answer')}\n\n${said(message, source)}`
    )
    .join('\n\n')

const answer = (messages: readonly ChatMessage[], source: NoteFolder): string =>
  messages
    .map((message) => (message.role === 'user' ? inQuotes(message.text) : said(message, source)))
    .join('\n\n')

function said({ text, citations = [] }: ChatMessage, source: NoteFolder): string {
  const named = citations
    .filter(isNamed)
    .map((citation) => `[${citation.number}] ${linkTo(citation, source)}`)
  return named.length === 0 ? text.trim() : `${text.trim()}\n\nSources: ${named.join(' · ')}`
}

const inQuotes = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')

const modelsOf = (messages: readonly ChatMessage[]): string[] => [
  ...new Set(messages.flatMap(({ info }) => info?.model ?? []))
]

const sourcesOf = (messages: readonly ChatMessage[], source: NoteFolder): string[] => [
  ...new Set(
    messages.flatMap(({ citations = [] }) =>
      citations.filter(isNamed).map((citation) => linkTo(citation, source))
    )
  )
]

/** The answer names it. */
const isNamed = ({ supported }: Citation): boolean => supported !== null

/** A link of Obsidian's; a note of another source cannot be linked to. */
function linkTo({ sourceId, path, headings, page }: Citation, source: NoteFolder): string {
  if (sourceId !== source.id) return `${sourceId}: ${path}`
  const heading = headings
    .at(-1)
    ?.replace(/[#|^\\:[\]]|%%/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const place = page === null ? heading && `#${heading}` : `#page=${page}`
  return `[[${path.replace(/\.md$/i, '')}${place ?? ''}]]`
}

/** In US dollars; null where nobody knows, of one answer or of all. */
function costOf(messages: readonly ChatMessage[]): string | null {
  const costs = messages.flatMap(({ info }) => info?.cost ?? [])
  if (costs.length === 0 || costs.some(({ kind }) => kind === 'unknown')) return null
  const nanoUsd = costs.reduce((sum, cost) => sum + (cost.kind === 'priced' ? cost.nanoUsd : 0), 0)
  return `$${(nanoUsd / NANO).toFixed(6).replace(/(\.\d\d\d*?)0+$/, '$1')}`
}

const two = (value: number): string => String(value).padStart(2, '0')
/** Of this machine's own time. */
const dateOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
const timeOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`
