import type { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatPart } from '../../spec/chat.ts'
import { asCount, asObject, asText, type JsonObject } from '../json.ts'
import { reportedError } from '../upstream-error.ts'
import {
  customArguments,
  readCall,
  readImage,
  readLogprobs,
  readSignature,
  reasoningText
} from './read-item.ts'
import { readFinish } from './read-response.ts'
import { readUsage } from './usage.ts'

interface OpenCall {
  index: number
  /** A piece of its arguments has come. */
  hasArguments: boolean
}

/**
 * Reads the events of one streamed response. Its sequence: created, in_progress, then for each item added, its deltas and
 * done, at last completed or incomplete. Format: https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponseEventReader {
  /** The event that ends a response has come. */
  done = false
  readonly #host: string
  readonly #key: string | null
  /** By `output_index`. */
  readonly #calls = new Map<number, OpenCall>()
  /** The reasoning items of which something was shown, and the messages. */
  readonly #shown = new Set<number>()
  #servedModel: string | null = null

  constructor(host: string, key: string | null) {
    this.#host = host
    this.#key = key
  }

  /** What one event means; nothing for those that only frame others. Throws for a response that failed. */
  read(event: JsonObject): ChatPart[] {
    const at = asCount(event.output_index) ?? 0
    switch (event.type) {
      case 'response.created':
      case 'response.in_progress':
        return this.#readModel(asObject(event.response))
      case 'response.output_item.added':
        return this.#begin(at, asObject(event.item))
      case 'response.output_item.done':
        return this.#end(at, asObject(event.item))
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return [...this.#text(at, 'text-delta', event.delta), ...readLogprobs(event.logprobs)]
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return this.#text(at, 'reasoning-delta', event.delta)
      case 'response.reasoning_summary_part.added':
        // the parts of a summary are paragraphs
        return this.#shown.has(at) ? [{ type: 'reasoning-delta', text: '\n\n' }] : []
      case 'response.function_call_arguments.delta':
        return this.#arguments(at, asText(event.delta))
      case 'response.completed':
      case 'response.incomplete':
        return this.#finish(asObject(event.response) ?? {})
      case 'response.failed':
        throw this.#failure(asObject(asObject(event.response)?.error) ?? {})
      case 'error':
        // the members stand at the top; some servers nest them as in a body
        throw this.#failure(asObject(event.error) ?? event)
      default:
        return []
    }
  }

  #readModel(response: JsonObject | null): ChatPart[] {
    const model = asText(response?.model)
    if (model === null || model === this.#servedModel) return []
    this.#servedModel = model
    return [{ type: 'served-model', model }]
  }

  #text(at: number, type: 'text-delta' | 'reasoning-delta', delta: unknown): ChatPart[] {
    const text = asText(delta)
    if (text === null) return []
    this.#shown.add(at)
    return [{ type, text }]
  }

  #begin(at: number, item: JsonObject | null): ChatPart[] {
    const call = item && readCall(item)
    if (!call || this.#calls.has(at)) return []
    const index = this.#calls.size
    this.#calls.set(at, { index, hasArguments: false })
    return [{ type: 'tool-call-start', index, id: call.id, name: call.name }]
  }

  #arguments(at: number, piece: string | null): ChatPart[] {
    const call = this.#calls.get(at)
    if (!call || piece === null) return []
    call.hasArguments = true
    return [{ type: 'tool-call-delta', index: call.index, arguments: piece }]
  }

  /** An item is whole: what came of it in no delta counts now. */
  #end(at: number, item: JsonObject | null): ChatPart[] {
    if (!item) return []
    if (item.type === 'reasoning') {
      const text = this.#shown.has(at) ? '' : reasoningText(item)
      return [...this.#text(at, 'reasoning-delta', text), ...readSignature(item, this.#shown.has(at))]
    }
    const call = readCall(item)
    if (!call) return readImage(item)
    const started = this.#begin(at, item)
    if (item.type === 'custom_tool_call')
      return [...started, ...this.#arguments(at, customArguments(item.input))]
    const isComplete = this.#calls.get(at)?.hasArguments === true
    return isComplete ? started : [...started, ...this.#arguments(at, asText(call.arguments))]
  }

  /** A stream's errors have no type of their own, which those of a body have. */
  #failure({ code = null, message = null, param = null }: JsonObject): HomeportError {
    return reportedError(this.#host, { error: { message, type: 'server_error', param, code } }, this.#key)
  }

  #finish(response: JsonObject): ChatPart[] {
    this.done = true
    const usage = readUsage(response)
    return [
      ...this.#readModel(response),
      { type: 'finish', reason: readFinish(response, this.#calls.size > 0) },
      ...(usage ? [{ type: 'usage' as const, usage }] : [])
    ]
  }
}
