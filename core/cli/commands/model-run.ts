import { createInterface, type Interface } from 'node:readline'
import type { CliHost } from '../cli-host.ts'
import { dataDirOption, defineCommand } from '../command.ts'
import { type Connection, withConnection } from '../connect.ts'
import { onInterrupt } from '../interrupt.ts'
import { findLocalModel } from '../local-model-id.ts'
import { readAll } from '../read-all.ts'
import { printable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { answerTurn, EXIT_INTERRUPTED, turnExitCode } from '../turn.ts'
import { UsageError } from '../usage-error.ts'

export const modelRunCommand = defineCommand({
  name: 'model run',
  summary: 'load a model of this machine and ask it, or chat with it',
  args: ['ID', '[PROMPT]'],
  options: dataDirOption,
  examples: [
    'homeport model run qwen3-4b-q4_k_m                 (a chat; /bye ends it, /clear begins anew)',
    'homeport model run qwen3-4b-q4_k_m "Why is the sky blue?"',
    'git diff | homeport model run qwen3-4b-q4_k_m'
  ],
  async run({ args: [typed = '', given], values, terminal, host }) {
    const chats = given === undefined && host.stdin.isTTY === true
    const prompt = chats ? null : given === undefined || given === '-' ? await readAll(host.stdin) : given
    if (prompt?.trim() === '') throw new UsageError('There is nothing to ask')
    return withConnection(values, host, async (connection) => {
      const { id, name, state } = await findLocalModel(connection, typed)
      const model = `on-device/${id}`
      const stop = new AbortController()
      const unsubscribe = onInterrupt(() => stop.abort())
      try {
        if (state !== 'loaded' && terminal.interactive) terminal.note(`Loading ${printable(name)}…`)
        // closing the connection ends a load that nobody waits for any longer
        const loading = connection.invoke('POST /app/local-models/:id/load', { params: { id } })
        await Promise.race([loading, aborted(stop.signal)])
        if (stop.signal.aborted) return EXIT_INTERRUPTED
        if (prompt === null) return await converse(connection, model, terminal, host)
        const { id: chatId } = await connection.invoke('POST /app/chats', { body: { model } })
        const turn = { chatId, parentId: null, text: prompt, model }
        return turnExitCode(await answerTurn(connection, turn, terminal, stop.signal), terminal)
      } finally {
        unsubscribe()
      }
    })
  }
})

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

/** Asks and answers in turns until the input ends. Ctrl-C stops an answer; between answers it ends the chat. */
async function converse(
  connection: Connection,
  model: string,
  terminal: Terminal,
  host: CliHost
): Promise<number> {
  const lines = createInterface({ input: host.stdin, output: host.stdout, prompt: '>>> ' })
  const chat = new Conversation(connection, model, terminal)
  lines.on('SIGINT', () => {
    if (!chat.stop()) lines.close()
  })
  terminal.note('/bye or Ctrl-D ends it, /clear begins anew.')
  try {
    for await (const line of prompted(lines)) {
      const text = line.trim()
      if (text === '/bye') break
      if (text === '/clear') chat.clear()
      else if (text !== '') await chat.ask(text)
    }
  } finally {
    lines.close()
  }
  return 0
}

async function* prompted(lines: Interface): AsyncGenerator<string> {
  lines.prompt()
  for await (const line of lines) {
    yield line
    lines.prompt()
  }
}

/** One chat, kept like every other, in which each answer follows the one before. */
class Conversation {
  readonly #connection: Connection
  readonly #model: string
  readonly #terminal: Terminal
  #chatId: string | null = null
  #parentId: string | null = null
  #running: AbortController | null = null

  constructor(connection: Connection, model: string, terminal: Terminal) {
    this.#connection = connection
    this.#model = model
    this.#terminal = terminal
  }

  async ask(text: string): Promise<void> {
    const model = this.#model
    this.#running = new AbortController()
    try {
      this.#chatId ??= (await this.#connection.invoke('POST /app/chats', { body: { model } })).id
      const turn = { chatId: this.#chatId, parentId: this.#parentId, text, model }
      const answer = await answerTurn(this.#connection, turn, this.#terminal, this.#running.signal)
      this.#parentId = answer.id
      if (answer.status === 'failed') this.#terminal.note(printable(answer.error ?? 'The answer broke off.'))
    } finally {
      this.#running = null
    }
  }

  /** Whether there was an answer to stop. */
  stop(): boolean {
    this.#running?.abort()
    return this.#running !== null
  }

  clear(): void {
    this.#chatId = null
    this.#parentId = null
  }
}
