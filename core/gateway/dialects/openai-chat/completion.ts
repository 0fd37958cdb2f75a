import type { Usage } from '../../../contract/usage.ts'
import type { ChatEvent, ChatPart, FinishReason, TokenLogprob } from '../../../providers/spec/chat.ts'
import type { AnswerBuilder, AnswerIdentity } from '../chat-dialect.ts'
import { type ToolCall, ToolCalls } from '../tool-calls.ts'
import {
  ReasoningDetails,
  writeCallSignature,
  writeFinish,
  writeImage,
  writeLogprobs,
  writeUsage
} from './wire-answer.ts'

/** Gathers neutral events into one `chat.completion` object. */
export class CompletionBuilder implements AnswerBuilder {
  readonly #identity: AnswerIdentity
  readonly #asFunctions: boolean
  readonly #writer = new ReasoningDetails()
  readonly #details: unknown[] = []
  readonly #calls = new ToolCalls()
  readonly #images: unknown[] = []
  readonly #tokens: TokenLogprob[] = []
  #text = ''
  #reasoning = ''
  #finish: FinishReason = 'stop'
  #usage: Usage | null = null

  constructor(identity: AnswerIdentity, { asFunctions }: { asFunctions: boolean }) {
    this.#identity = identity
    this.#asFunctions = asFunctions
  }

  add({ parts }: ChatEvent): void {
    for (const part of parts) this.#add(part)
  }

  #add(part: ChatPart): void {
    switch (part.type) {
      case 'text-delta':
        this.#text += part.text
        break
      case 'reasoning-delta':
        this.#reasoning += part.text
        this.#writer.add(part.text)
        break
      case 'reasoning-signature':
        this.#details.push(this.#writer.close(part.signature, part.redacted === true))
        break
      case 'tool-call-start':
      case 'tool-call-delta':
        this.#calls.add(part)
        break
      case 'media':
        if (part.mediaType.startsWith('image/')) {
          this.#images.push(writeImage(part.mediaType, part.data, this.#images.length))
        }
        break
      case 'logprobs':
        this.#tokens.push(...part.tokens)
        break
      case 'finish':
        this.#finish = part.reason
        break
      case 'usage':
        this.#usage = part.usage
        break
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
          message: this.#message(),
          logprobs: writeLogprobs(this.#tokens),
          finish_reason: writeFinish(this.#finish, this.#asFunctions)
        }
      ],
      ...(this.#usage !== null && { usage: writeUsage(this.#usage) })
    }
  }

  #message() {
    const calls = this.#calls.take()
    return {
      role: 'assistant',
      content: this.#text === '' && calls.length > 0 ? null : this.#text,
      refusal: null,
      ...(this.#reasoning !== '' && { reasoning_content: this.#reasoning }),
      ...(this.#details.length > 0 && { reasoning_details: this.#details }),
      ...(this.#images.length > 0 && { images: this.#images }),
      ...(this.#asFunctions ? writeFunctionCall(calls) : writeToolCalls(calls))
    }
  }
}

function writeToolCalls(calls: readonly ToolCall[]) {
  if (calls.length === 0) return {}
  return {
    tool_calls: calls.map(({ id, name, arguments: text, signature }) => ({
      id,
      type: 'function',
      function: { name, arguments: text },
      ...writeCallSignature(signature)
    }))
  }
}

/** Only one function could be called in an answer: the first. */
function writeFunctionCall([call]: readonly ToolCall[]) {
  return call === undefined ? {} : { function_call: { name: call.name, arguments: call.arguments } }
}
