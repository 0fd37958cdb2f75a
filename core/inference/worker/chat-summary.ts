import { createHash } from 'node:crypto'
import type { EngineChat, EngineMessage } from '../../contract/engine-frames.ts'
import { textOf } from './chat-overflow.ts'

export interface Summariser {
  /** What the model answers to a chat. */
  ask(chat: EngineChat): Promise<string>
  countText(text: string): number
  /** Tokens of text that one chat has room for. */
  inputTokens: number
}

/** Summaries that are kept: the same turns are left out again with every message that follows. */
const KEPT = 32

const instruction =
  'Summarise the conversation below in a few sentences, for someone who will go on with it. Keep names, numbers, decisions and open questions. Write nothing but the summary.'
const speaker = { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool' } as const

/** Summaries of turns that were left out, written by the model itself. */
export class Summaries {
  readonly #kept = new Map<string, string>()

  async of(messages: EngineMessage[], maxTokens: number, summariser: Summariser): Promise<string> {
    const transcript = messages.map((message) => `${speaker[message.role]}: ${textOf(message)}`).join('\n\n')
    const key = createHash('sha256').update(`${maxTokens}\n${transcript}`).digest('base64')
    const known = this.#kept.get(key)
    if (known !== undefined) return known

    let summary = ''
    for (const part of partsOf(transcript, summariser)) {
      const before = summary === '' ? '' : `Summary of what came before: ${summary}\n\n`
      summary = (await summariser.ask(request(before + part, maxTokens))).trim()
    }
    this.#kept.set(key, summary)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
    return summary
  }
}

/** What is longer than one chat is read piece by piece. */
function* partsOf(text: string, { countText, inputTokens }: Summariser): Generator<string> {
  let rest = text
  while (rest !== '') {
    let part = rest.slice(0, inputTokens * 4)
    while (part.length > 1 && countText(part) > inputTokens) part = part.slice(0, part.length / 2)
    yield part
    rest = rest.slice(part.length)
  }
}

function request(text: string, maxTokens: number): EngineChat {
  return {
    messages: [
      { role: 'system', text: instruction },
      { role: 'user', text }
    ],
    tools: [],
    toolChoice: 'none',
    parallelToolCalls: false,
    maxTokens,
    temperature: 0,
    topP: null,
    topK: null,
    minP: null,
    frequencyPenalty: null,
    presencePenalty: null,
    seed: null,
    stop: [],
    reasoningTokens: 0,
    logprobs: null,
    output: 'text',
    overflow: 'stop'
  }
}
