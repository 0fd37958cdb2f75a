import type { Usage } from '../../../contract/usage.ts'
import type { ChatEvent, ChatPart } from '../../../providers/spec/chat.ts'
import type { AnswerIdentity } from '../chat-dialect.ts'
import { isForeign, writeSignature } from './signature.ts'
import { toStopReason } from './stop-reason.ts'
import { toWireUsage } from './usage.ts'

/** An event of the stream; its `type` is the name it is sent under. */
export type StreamEvent = { type: string } & Readonly<Record<string, unknown>>

/**
 * Writes neutral events as the events of a streamed message. Text and thoughts follow one another; calls stay open to the
 * end, as an upstream may go on with any of several at once.
 */
export class StreamEncoder {
  readonly #identity: AnswerIdentity
  #started = false
  #blocks = 0
  /** The text or thought that goes on. */
  #open: { kind: 'text' | 'thinking'; index: number } | null = null
  /** Other vendors' signatures of what came before, written once more follows: clients take the last block for the answer. */
  #marks: string[] = []
  readonly #calls = new Map<number, number>()
  #finish: Extract<ChatPart, { type: 'finish' }> | null = null
  #usage: Usage | null = null

  constructor(identity: AnswerIdentity) {
    this.#identity = identity
  }

  encode({ parts }: ChatEvent): StreamEvent[] {
    const out: StreamEvent[] = []
    // what the prompt came to may be known from the start
    for (const part of parts) if (part.type === 'usage') this.#usage = part.usage
    for (const part of parts) this.#encodePart(part, out)
    return out
  }

  /** What closes a complete answer. */
  end(): StreamEvent[] {
    const out: StreamEvent[] = []
    this.#start(out)
    this.#close(out)
    for (const index of this.#calls.values()) out.push({ type: 'content_block_stop', index })
    const delta = toStopReason(this.#finish, this.#calls.size > 0)
    out.push({ type: 'message_delta', delta, usage: toWireUsage(this.#usage) }, { type: 'message_stop' })
    return out
  }

  #encodePart(part: ChatPart, out: StreamEvent[]): void {
    switch (part.type) {
      case 'text-delta':
        if (part.text !== '') this.#delta('text', { type: 'text_delta', text: part.text }, out)
        break
      case 'reasoning-delta':
        if (part.text !== '') this.#delta('thinking', { type: 'thinking_delta', thinking: part.text }, out)
        break
      case 'reasoning-signature': {
        const signature = writeSignature(part.signature)
        if (part.redacted) {
          this.#close(out)
          if (isForeign(part.signature)) this.#marks.push(signature)
          else this.#redacted(signature, out)
        } else {
          this.#delta('thinking', { type: 'signature_delta', signature }, out)
          this.#close(out)
        }
        break
      }
      case 'tool-call-start': {
        this.#close(out)
        const { id, name } = part
        this.#calls.set(part.index, this.#startBlock({ type: 'tool_use', id, name, input: {} }, out))
        break
      }
      case 'tool-call-delta': {
        const index = this.#calls.get(part.index)
        if (index === undefined || part.arguments === '') break
        const delta = { type: 'input_json_delta', partial_json: part.arguments }
        out.push({ type: 'content_block_delta', index, delta })
        break
      }
      case 'finish':
        this.#finish = part
    }
  }

  /** Adds to the block of a kind, which is opened where another one or none is open. */
  #delta(kind: 'text' | 'thinking', delta: object, out: StreamEvent[]): void {
    if (this.#open?.kind !== kind) {
      this.#close(out)
      const block =
        kind === 'text'
          ? { type: 'text', text: '', citations: null }
          : { type: 'thinking', thinking: '', signature: '' }
      this.#open = { kind, index: this.#startBlock(block, out) }
    }
    out.push({ type: 'content_block_delta', index: this.#open.index, delta })
  }

  #redacted(data: string, out: StreamEvent[]): void {
    const index = this.#startBlock({ type: 'redacted_thinking', data }, out)
    out.push({ type: 'content_block_stop', index })
  }

  #startBlock(block: object, out: StreamEvent[]): number {
    this.#start(out)
    const marks = this.#marks
    this.#marks = []
    for (const mark of marks) this.#redacted(mark, out)
    const index = this.#blocks++
    out.push({ type: 'content_block_start', index, content_block: block })
    return index
  }

  #close(out: StreamEvent[]): void {
    if (this.#open) out.push({ type: 'content_block_stop', index: this.#open.index })
    this.#open = null
  }

  #start(out: StreamEvent[]): void {
    if (this.#started) return
    this.#started = true
    const { id, model } = this.#identity
    const message = {
      id: `msg_${id}`,
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: toWireUsage(this.#usage)
    }
    out.push({ type: 'message_start', message })
  }
}
