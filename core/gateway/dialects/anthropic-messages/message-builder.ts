import type { Usage } from '../../../contract/usage.ts'
import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatEvent, ChatPart } from '../../../providers/spec/chat.ts'
import type { AnswerBuilder, AnswerIdentity } from '../chat-dialect.ts'
import { parseArguments } from '../tool-calls.ts'
import { isForeign, readSignature, writeSignature } from './signature.ts'
import { toStopReason } from './stop-reason.ts'
import { toWireUsage } from './usage.ts'

type TextBlock = { type: 'text'; text: string; citations: null }
type ThinkingBlock = { type: 'thinking'; thinking: string; signature: string }
type ToolUseBlock = { type: 'tool_use'; id: string; name: string; arguments: string }
type Block = TextBlock | ThinkingBlock | ToolUseBlock | { type: 'redacted_thinking'; data: string }

/** Gathers neutral events into one `message` object. */
export class MessageBuilder implements AnswerBuilder {
  readonly #identity: AnswerIdentity
  readonly #blocks: Block[] = []
  readonly #calls = new Map<number, ToolUseBlock>()
  #finish: Extract<ChatPart, { type: 'finish' }> | null = null
  #usage: Usage | null = null

  constructor(identity: AnswerIdentity) {
    this.#identity = identity
  }

  add({ parts }: ChatEvent): void {
    for (const part of parts) this.#addPart(part)
  }

  #addPart(part: ChatPart): void {
    switch (part.type) {
      case 'text-delta':
        this.#openText().text += part.text
        break
      case 'reasoning-delta':
        this.#openThought().thinking += part.text
        break
      case 'reasoning-signature': {
        const signature = writeSignature(part.signature)
        if (part.redacted) this.#blocks.push({ type: 'redacted_thinking', data: signature })
        else this.#openThought().signature = signature
        break
      }
      case 'tool-call-start': {
        const call: ToolUseBlock = { type: 'tool_use', id: part.id, name: part.name, arguments: '' }
        this.#calls.set(part.index, call)
        this.#blocks.push(call)
        break
      }
      case 'tool-call-delta': {
        const call = this.#calls.get(part.index)
        if (call) call.arguments += part.arguments
        break
      }
      case 'finish':
        this.#finish = part
        break
      case 'usage':
        this.#usage = part.usage
    }
  }

  /** The last block if it goes on, else a new one. A signed thought is over. */
  #openThought(): ThinkingBlock {
    const last = this.#blocks.at(-1)
    if (last?.type === 'thinking' && last.signature === '') return last
    const block: ThinkingBlock = { type: 'thinking', thinking: '', signature: '' }
    this.#blocks.push(block)
    return block
  }

  #openText(): TextBlock {
    const last = this.#blocks.at(-1)
    if (last?.type === 'text') return last
    const block: TextBlock = { type: 'text', text: '', citations: null }
    this.#blocks.push(block)
    return block
  }

  /** Throws `upstream-failed` where a model wrote arguments that are no JSON: the dialect has no form for them. */
  build(): unknown {
    const { id, model } = this.#identity
    return {
      id: `msg_${id}`,
      type: 'message',
      role: 'assistant',
      model,
      content: this.#blocks.slice(0, this.#blocks.findLastIndex(isContent) + 1).map(toWire),
      ...toStopReason(this.#finish, this.#calls.size > 0),
      usage: toWireUsage(this.#usage)
    }
  }
}

/** Another vendor's signature of what came before is of use only where more follows; clients take the last block for the answer. */
function isContent(block: Block): boolean {
  const signature = block.type === 'redacted_thinking' ? readSignature(block.data) : null
  return signature === null || !isForeign(signature)
}

function toWire(block: Block): unknown {
  if (block.type !== 'tool_use') return block
  const { arguments: text, ...call } = block
  const input = parseArguments(text)
  if (input !== undefined) return { ...call, input }
  throw new HomeportError(
    'upstream-failed',
    `The model called the tool ${block.name} with arguments that are not JSON.`
  )
}
