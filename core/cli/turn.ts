import type { ChatMessage } from '../contract/chats.ts'
import type { SequencedEvent } from '../contract/events.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { answerPrinter } from './answer-printer.ts'
import type { Connection } from './connect.ts'
import type { Terminal } from './terminal.ts'

/** What a shell reports for a program that Ctrl-C ended. */
export const EXIT_INTERRUPTED = 130

export interface Turn {
  chatId: string
  /** The message it follows; null for the first. */
  parentId: string | null
  text: string
  model: string
}

/** Asks, prints the answer as it comes and returns it as saved. Aborting `stop` stops it; what came of it is kept. */
export async function answerTurn(
  connection: Connection,
  { chatId, ...turn }: Turn,
  terminal: Terminal,
  stop: AbortSignal
): Promise<ChatMessage> {
  const listening = new AbortController()
  const events = await connection.subscribe(listening.signal)
  try {
    const { turnId } = await connection.invoke('POST /app/chats/:id/turns', {
      params: { id: chatId },
      body: { ...turn, feature: 'command-line' }
    })
    const stopTurn = (): void => {
      // already over is as good as stopped
      connection.invoke('DELETE /app/turns/:id', { params: { id: turnId } }).catch(() => {})
    }
    if (stop.aborted) stopTurn()
    stop.addEventListener('abort', stopTurn, { once: true })
    try {
      return await printTurn(events, turnId, terminal)
    } finally {
      stop.removeEventListener('abort', stopTurn)
    }
  } finally {
    listening.abort()
  }
}

async function printTurn(
  events: AsyncIterable<SequencedEvent>,
  turnId: string,
  terminal: Terminal
): Promise<ChatMessage> {
  const answer = answerPrinter(terminal)
  for await (const { event } of events) {
    if (event.type === 'turn-delta' && event.turnId === turnId) answer.delta(event.text)
    if (event.type === 'turn-saved' && event.turnId === turnId) {
      answer.end(event.message.text)
      return event.message
    }
  }
  throw new HomeportError('unavailable', 'Homeport stopped before the answer was complete', {
    action: 'What came of it is kept in the chat'
  })
}

/** The exit code for an answer; says why one that is not complete is not. */
export function turnExitCode({ status, error, info }: ChatMessage, terminal: Terminal): number {
  if (status === 'stopped') return EXIT_INTERRUPTED
  if (status !== 'complete') {
    terminal.note(`homeport: ${error ?? 'the answer broke off'}`)
    return 1
  }
  if (terminal.interactive && info) terminal.note(terminal.styled('dim', info.model))
  return 0
}
