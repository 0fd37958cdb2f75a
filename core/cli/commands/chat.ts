import { HomeportError } from '../../errors/homeport-error.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { onInterrupt } from '../interrupt.ts'
import { readAll } from '../read-all.ts'
import type { Terminal } from '../terminal.ts'
import { answerTurn, turnExitCode } from '../turn.ts'
import { UsageError } from '../usage-error.ts'

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

async function defaultModel(connection: Connection): Promise<string> {
  const { defaultModel } = await connection.invoke('GET /app/settings')
  if (defaultModel !== null) return defaultModel
  const { models } = await connection.invoke('GET /app/models')
  const first = models.find(({ kind = 'chat' }) => kind === 'chat')
  if (first) return first.id
  throw new HomeportError('not-found', 'There is no model to ask yet', {
    action: 'Add one with: homeport model add PATH, or homeport provider add NAME --base-url URL'
  })
}

/** Asks in a chat of its own and returns the exit code. Ctrl-C stops the answer. */
async function ask(
  connection: Connection,
  { text, model }: { text: string; model: string },
  terminal: Terminal
): Promise<number> {
  const { id: chatId } = await connection.invoke('POST /app/chats', { body: { model } })
  const stop = new AbortController()
  const unsubscribe = onInterrupt(() => stop.abort())
  try {
    const turn = { chatId, parentId: null, text, model }
    return turnExitCode(await answerTurn(connection, turn, terminal, stop.signal), terminal)
  } finally {
    unsubscribe()
  }
}
