import type { Usage } from '../../../contract/usage.ts'
import type { ChatEvent, ChatPart, FinishReason } from '../../../providers/spec/chat.ts'
import type { AnswerBuilder, AnswerIdentity } from '../chat-dialect.ts'

const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  other: 'stop'
}

/** OpenAI counts cached tokens inside the prompt and reasoning inside the completion, as the neutral shape does. */
function toWireUsage({ input, output }: Usage) {
  return {
    prompt_tokens: input.total,
    completion_tokens: output.total,
    total_tokens: input.total + output.total,
    prompt_tokens_details: { cached_tokens: input.cacheRead },
    completion_tokens_details: { reasoning_tokens: output.reasoning }
  }
}

/** Writes neutral events as `chat.completion.chunk` objects. */
export class ChunkEncoder {
  readonly #identity: AnswerIdentity
  readonly #includeUsage: boolean
  #started = false
  #finish: FinishReason | null = null
  #usage: Usage | null = null

  constructor(identity: AnswerIdentity, includeUsage: boolean) {
    this.#identity = identity
    this.#includeUsage = includeUsage
  }

  /** The chunks of one event, as JSON texts. */
  encode({ parts }: ChatEvent): string[] {
    const chunks: string[] = []
    for (const part of parts) {
      const delta = this.#delta(part)
      if (delta !== null) chunks.push(...this.#opening(), this.#chunk([choice(delta, null)]))
    }
    return chunks
  }

  /** The chunks that close a complete answer. */
  end(): string[] {
    const chunks = [...this.#opening(), this.#chunk([choice({}, finishReasons[this.#finish ?? 'stop'])])]
    if (this.#includeUsage) chunks.push(this.#chunk([], this.#usage))
    return chunks
  }

  #delta(part: ChatPart): Record<string, string> | null {
    switch (part.type) {
      case 'text-delta':
        return { content: part.text }
      case 'reasoning-delta':
        return { reasoning_content: part.text }
      case 'finish':
        this.#finish = part.reason
        return null
      case 'usage':
        this.#usage = part.usage
        return null
      default:
        return null
    }
  }

  /** The chunk that names the role comes once, before all others. */
  #opening(): string[] {
    if (this.#started) return []
    this.#started = true
    return [this.#chunk([choice({ role: 'assistant', content: '' }, null)])]
  }

  #chunk(choices: unknown[], usage: Usage | null = null): string {
    const { id, created, model } = this.#identity
    return JSON.stringify({
      id: `chatcmpl-${id}`,
      object: 'chat.completion.chunk',
      created,
      model,
      choices,
      // a client that asked for usage finds the member in every chunk, null in all but the last
      ...(this.#includeUsage && { usage: usage && toWireUsage(usage) })
    })
  }
}

function choice(delta: Record<string, string>, finishReason: string | null) {
  return { index: 0, delta, logprobs: null, finish_reason: finishReason }
}

/** Gathers neutral events into one `chat.completion` object. */
export class CompletionBuilder implements AnswerBuilder {
  readonly #identity: AnswerIdentity
  #text = ''
  #reasoning = ''
  #finish: FinishReason = 'stop'
  #usage: Usage | null = null

  constructor(identity: AnswerIdentity) {
    this.#identity = identity
  }

  add({ parts }: ChatEvent): void {
    for (const part of parts) {
      if (part.type === 'text-delta') this.#text += part.text
      else if (part.type === 'reasoning-delta') this.#reasoning += part.text
      else if (part.type === 'finish') this.#finish = part.reason
      else if (part.type === 'usage') this.#usage = part.usage
    }
  }

  build(): unknown {
    const { id, created, model } = this.#identity
    return {
      id: `chatcmpl-${id}`,
      object: 'chat.completion',
      created,
      model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: this.#text,
            refusal: null,
            ...(this.#reasoning !== '' && { reasoning_content: this.#reasoning })
          },
          logprobs: null,
          finish_reason: finishReasons[this.#finish]
        }
      ],
      ...(this.#usage !== null && { usage: toWireUsage(this.#usage) })
    }
  }
}
