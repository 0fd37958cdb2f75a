import type { Usage } from '../../../contract/usage.ts'
import type { ChatEvent, ChatPart, FinishReason, TokenLogprob } from '../../../providers/spec/chat.ts'
import type { AnswerIdentity } from '../chat-dialect.ts'
import type { OpenaiChatParameters } from './parameters.ts'
import {
  ReasoningDetails,
  writeCallSignature,
  writeFinish,
  writeImage,
  writeLogprobs,
  writeUsage
} from './wire-answer.ts'

type Delta = Readonly<Record<string, unknown>>

/** Writes neutral events as `chat.completion.chunk` objects. */
export class ChunkEncoder {
  readonly #identity: AnswerIdentity
  readonly #includeUsage: boolean
  readonly #asFunctions: boolean
  readonly #details = new ReasoningDetails()
  #started = false
  #images = 0
  #finish: FinishReason | null = null
  #usage: Usage | null = null

  constructor(
    identity: AnswerIdentity,
    parameters: Pick<OpenaiChatParameters, 'includeUsage' | 'asFunctions'>
  ) {
    this.#identity = identity
    this.#includeUsage = parameters.includeUsage
    this.#asFunctions = parameters.asFunctions
  }

  /** The chunks of one event, as JSON texts. */
  encode({ parts }: ChatEvent): string[] {
    let tokens = parts.flatMap((part) => (part.type === 'logprobs' ? part.tokens : []))
    const chunks: string[] = []
    for (const part of parts) {
      const delta = this.#delta(part)
      if (delta === null) continue
      const isText = part.type === 'text-delta'
      chunks.push(...this.#opening(), this.#chunk([choice(delta, isText ? tokens : [])]))
      if (isText) tokens = []
    }
    if (tokens.length > 0) chunks.push(...this.#opening(), this.#chunk([choice({}, tokens)]))
    return chunks
  }

  /** The chunks that close a complete answer. */
  end(): string[] {
    const reason = writeFinish(this.#finish ?? 'stop', this.#asFunctions)
    const chunks = [...this.#opening(), this.#chunk([choice({}, [], reason)])]
    if (this.#includeUsage) chunks.push(this.#chunk([], this.#usage))
    return chunks
  }

  /** Null for what says nothing in a chunk of its own. */
  #delta(part: ChatPart): Delta | null {
    switch (part.type) {
      case 'text-delta':
        return { content: part.text }
      case 'reasoning-delta':
        this.#details.add(part.text)
        return { reasoning_content: part.text }
      case 'reasoning-signature':
        return { reasoning_details: [this.#details.close(part.signature, part.redacted === true)] }
      case 'tool-call-start':
      case 'tool-call-delta':
        return this.#asFunctions ? functionDelta(part) : toolDelta(part)
      case 'media':
        // sound has no place in a chunk without the id that the dialect gives it
        return part.mediaType.startsWith('image/')
          ? { images: [writeImage(part.mediaType, part.data, this.#images++)] }
          : null
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
    return [this.#chunk([choice({ role: 'assistant', content: '' }, [])])]
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
      ...(this.#includeUsage && { usage: usage && writeUsage(usage) })
    })
  }
}

type CallPart = Extract<ChatPart, { type: 'tool-call-start' | 'tool-call-delta' }>

function toolDelta(part: CallPart): Delta {
  const { index } = part
  if (part.type === 'tool-call-delta') {
    return { tool_calls: [{ index, function: { arguments: part.arguments } }] }
  }
  const { id, name, signature } = part
  const call = { index, id, type: 'function', function: { name, arguments: '' } }
  return { tool_calls: [{ ...call, ...writeCallSignature(signature) }] }
}

/** Only one function could be called in an answer: the first. */
function functionDelta(part: CallPart): Delta | null {
  if (part.index > 0) return null
  return part.type === 'tool-call-delta'
    ? { function_call: { arguments: part.arguments } }
    : { function_call: { name: part.name, arguments: '' } }
}

function choice(delta: Delta, tokens: readonly TokenLogprob[], finishReason: string | null = null) {
  return { index: 0, delta, logprobs: writeLogprobs(tokens), finish_reason: finishReason }
}
