import { asCount, asObject, asText, type JsonObject } from '../shared/json.ts'
import type { StreamReader } from '../shared/sse-answer.ts'
import { reportedError } from '../shared/upstream-error.ts'
import type { ChatPart } from '../spec/chat.ts'
import { readCallStart, signed } from './read-message.ts'
import { readStopReason } from './stop-reason.ts'
import { readUsage } from './usage.ts'

/** A tool call whose block has not stopped yet. */
interface OpenCall {
  index: number
  /** What its block began with: whole, where a server sends no deltas. */
  input: unknown
  hasDelta: boolean
}

/** Reads the events of one streamed message, see https://platform.claude.com/docs/en/build-with-claude/streaming */
export class MessageEventReader implements StreamReader {
  readonly #host: string
  readonly #key: string | null
  /** By the index of their blocks, which other blocks share. */
  readonly #calls = new Map<number, OpenCall>()
  #callCount = 0
  #startUsage: unknown = null
  /** `message_stop` has come. */
  done = false

  constructor(host: string, key: string | null) {
    this.#host = host
    this.#key = key
  }

  /** Events of other types (`ping`, those still to come) mean nothing here. */
  read(event: JsonObject): ChatPart[] {
    const index = asCount(event.index) ?? 0
    switch (event.type) {
      case 'message_start':
        return this.#readStart(asObject(event.message))
      case 'content_block_start':
        return this.#readBlockStart(index, asObject(event.content_block))
      case 'content_block_delta':
        return this.#readDelta(index, asObject(event.delta))
      case 'content_block_stop':
        return this.#readBlockStop(index)
      case 'message_delta': {
        const finish = readStopReason(asObject(event.delta) ?? {})
        const usage = readUsage(this.#startUsage, event.usage)
        return [...(finish ? [finish] : []), ...(usage ? [{ type: 'usage' as const, usage }] : [])]
      }
      case 'message_stop':
        this.done = true
        return []
      case 'error':
        throw reportedError(this.#host, event, this.#key, 'anthropic-messages')
      default:
        return []
    }
  }

  #readStart(message: JsonObject | null): ChatPart[] {
    this.#startUsage = message?.usage
    const model = asText(message?.model)
    // the prompt is paid for also when the answer is stopped before its last event
    const usage = readUsage(message?.usage)
    return [
      ...(model === null ? [] : [{ type: 'served-model' as const, model }]),
      ...(usage ? [{ type: 'usage' as const, usage }] : [])
    ]
  }

  #readBlockStart(at: number, block: JsonObject | null): ChatPart[] {
    switch (block?.type) {
      case 'text':
        return textDelta(block.text)
      case 'thinking':
        return [...reasoningDelta(block.thinking), ...signature(block.signature)]
      case 'redacted_thinking':
        return signature(block.data).map((part) => ({ ...part, redacted: true }))
      case 'tool_use': {
        const index = this.#callCount++
        this.#calls.set(at, { index, input: block.input, hasDelta: false })
        return [readCallStart(block.id, block.name, index)]
      }
      default:
        return []
    }
  }

  #readDelta(at: number, delta: JsonObject | null): ChatPart[] {
    switch (delta?.type) {
      case 'text_delta':
        return textDelta(delta.text)
      case 'thinking_delta':
        return reasoningDelta(delta.thinking)
      case 'signature_delta':
        return signature(delta.signature)
      case 'input_json_delta': {
        const call = this.#calls.get(at)
        const json = asText(delta.partial_json)
        // the arguments of the vendor's own tools come in such deltas too
        if (!call || json === null) return []
        call.hasDelta = true
        return [{ type: 'tool-call-delta', index: call.index, arguments: json }]
      }
      default:
        return []
    }
  }

  #readBlockStop(at: number): ChatPart[] {
    const call = this.#calls.get(at)
    this.#calls.delete(at)
    if (!call || call.hasDelta) return []
    return [{ type: 'tool-call-delta', index: call.index, arguments: JSON.stringify(call.input ?? {}) }]
  }
}

function textDelta(value: unknown): ChatPart[] {
  const text = asText(value)
  return text === null ? [] : [{ type: 'text-delta', text }]
}

function reasoningDelta(value: unknown): ChatPart[] {
  const text = asText(value)
  return text === null ? [] : [{ type: 'reasoning-delta', text }]
}

function signature(value: unknown) {
  const text = asText(value)
  return text === null ? [] : [signed(text)]
}
