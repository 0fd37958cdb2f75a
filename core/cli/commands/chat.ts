import type { ChatMessage } from '../../contract/chats.ts'
import type { SequencedEvent } from '../../contract/events.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { answerPrinter } from '../answer-printer.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { onInterrupt } from '../interrupt.ts'
import type { Terminal } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'

/** What a shell reports for a program that Ctrl-C ended. */
const EXIT_INTERRUPTED = 130

export const chatCommand = defineCommand({
  name: 'chat',
  summary: 'ask a model; the answer streams to standard output',
  args: ['TEXT'],
  options: {
    ...dataDirOption,
    model: { type: 'string', value: 'MODEL', help: 'provider/model (default: the one chosen in Settings)' }
  },
  examples: [
    'homeport chat "Why is the sky blue?"',
    'homeport chat "Say hello" --model ollama/llama3.2',
    'git diff | homeport chat -          (a dash reads the text from standard input)'
  ],
  async run({ args: [typed = ''], values, terminal, host }) {
    const text = typed === '-' ? await readAll(host.stdin) : typed
    if (text.trim() === '') throw new UsageError('There is nothing to ask')
    return withConnection(values, host, async (connection) => {
      const model = values.model ?? (await defaultModel(connection))
      return ask(connection, { text, model }, terminal)
    })
  }
})

async function readAll(input: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of input)
    chunks.push(Buffer.from(chunk instanceof Uint8Array ? chunk : String(chunk)))
  return Buffer.concat(chunks).toString('utf8')
}

async function defaultModel(connection: Connection): Promise<string> {
  const { defaultModel } = await connection.invoke('GET /app/settings')
  if (defaultModel !== null) return defaultModel
  const [first] = (await connection.invoke('GET /app/models')).models
  if (first) return first.id
  throw new HomeportError('not-found', 'There is no model to ask yet', {
    action: 'Add one with: homeport model add PATH, or homeport provider add NAME --base-url URL'
  })
}

/** Starts a turn, prints its answer as it comes, and returns the exit code. Ctrl-C stops the turn. */
async function ask(
  connection: Connection,
  { text, model }: { text: string; model: string },
  terminal: Terminal
): Promise<number> {
  const listening = new AbortController()
  const events = await connection.subscribe(listening.signal)
  try {
    const chat = await connection.invoke('POST /app/chats', { body: { model } })
    const { turnId } = await connection.invoke('POST /app/chats/:id/turns', {
      params: { id: chat.id },
      body: { parentId: null, text, model, feature: 'command-line' }
    })
    const stop = (): void => {
      // already over is as good as stopped
      connection.invoke('DELETE /app/turns/:id', { params: { id: turnId } }).catch(() => {})
    }
    const unsubscribe = onInterrupt(stop)
    try {
      return exitCode(await printTurn(events, turnId, terminal), terminal)
    } finally {
      unsubscribe()
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

function exitCode({ status, error, info }: ChatMessage, terminal: Terminal): number {
  if (status === 'stopped') return EXIT_INTERRUPTED
  if (status !== 'complete') {
    terminal.note(`homeport: ${error ?? 'the answer broke off'}`)
    return 1
  }
  if (terminal.interactive && info) terminal.note(terminal.styled('dim', info.model))
  return 0
}
