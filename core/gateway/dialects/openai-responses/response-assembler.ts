import type { Usage } from '../../../contract/usage.ts'
import type { ChatEvent, ChatPart, FinishReason, TokenLogprob } from '../../../providers/spec/chat.ts'
import type { VendorSignature } from '../../../providers/spec/prompt.ts'
import type { AnswerIdentity } from '../chat-dialect.ts'
import type { Json } from '../json-fields.ts'
import { type OpenCall, OpenCustomCall, OpenFunctionCall } from './open-calls.ts'
import { OpenMessage, OpenReasoning } from './open-items.ts'
import { OutputWriter, type Placed } from './output-writer.ts'
import type { ResponsesParameters } from './parameters.ts'
import { clientView, type ResponseState, responseObject } from './response-object.ts'
import { type SignatureOf, writeSignature } from './signature.ts'

/** The error that an answer broke off with. */
export interface StreamFailure {
  code: string | null
  message: string
  param: string | null
}

/**
 * Builds a response out of the neutral events of an answer, and gives the events of the stream that tell of it. Reasoning
 * and text are items one after the other; calls stay open to the end, since pieces of several may alternate.
 */
export class ResponseAssembler {
  readonly #identity: AnswerIdentity
  readonly #parameters: ResponsesParameters
  readonly #writer: OutputWriter
  /** The message or reasoning that is being written. */
  #current: Placed<OpenMessage | OpenReasoning> | null = null
  readonly #calls = new Map<number, Placed<OpenCall>>()
  #started = false
  #finish: FinishReason = 'stop'
  #usage: Usage | null = null

  constructor(identity: AnswerIdentity, parameters: ResponsesParameters) {
    this.#identity = identity
    this.#parameters = parameters
    this.#writer = new OutputWriter(identity.id, parameters.include)
  }

  /** The events that one neutral event comes to. */
  add({ parts }: ChatEvent): Json[] {
    this.#start()
    let logprobs = parts.flatMap((part) => (part.type === 'logprobs' ? part.tokens : []))
    for (const part of parts) {
      this.#read(part, logprobs)
      if (part.type === 'text-delta') logprobs = []
    }
    // of tokens that were told of before
    if (logprobs.length > 0) this.#writer.emit(this.#message().delta('', logprobs))
    return this.#writer.take()
  }

  /** The events that close a complete answer. */
  end(): Json[] {
    this.#start()
    const status = this.#ending()
    this.#closeCurrent(status)
    for (const call of this.#calls.values()) this.#writer.close(call, status)
    this.#calls.clear()
    this.#tell(`response.${status}`, this.response())
    return this.#writer.take()
  }

  /** The events that close an answer which broke off. `code` is one of a response's own. */
  fail(error: StreamFailure, code: string): Json[] {
    this.#start()
    this.#writer.emit({ type: 'error', ...error })
    this.#tell('response.failed', this.#object({ status: 'failed', error: { code, message: error.message } }))
    return this.#writer.take()
  }

  /** The whole response, what the client did not ask to see included. */
  response(): Json {
    const status = this.#ending()
    if (status === 'completed') return this.#object({ status, completedAt: Math.floor(Date.now() / 1000) })
    const incompleteReason = this.#finish === 'length' ? 'max_output_tokens' : 'content_filter'
    return this.#object({ status, incompleteReason })
  }

  #ending(): 'completed' | 'incomplete' {
    return this.#finish === 'length' || this.#finish === 'content-filter' ? 'incomplete' : 'completed'
  }

  #object(state: ResponseState): Json {
    const { output } = this.#writer
    return responseObject(this.#identity, this.#parameters, { output, usage: this.#usage, ...state })
  }

  #tell(type: string, response: Json): void {
    this.#writer.emit({ type, response: clientView(response, this.#parameters.include) })
  }

  #start(): void {
    if (this.#started) return
    this.#started = true
    const response = this.#object({ status: 'in_progress' })
    this.#tell('response.created', response)
    this.#tell('response.in_progress', response)
  }

  #read(part: ChatPart, logprobs: readonly TokenLogprob[]): void {
    switch (part.type) {
      case 'text-delta':
        if (part.text !== '') this.#writer.emit(this.#message().delta(part.text, logprobs))
        break
      case 'reasoning-delta':
        if (part.text !== '') this.#writer.emit(...this.#reasoning().delta(part.text))
        break
      case 'reasoning-signature':
        this.#sign(part.signature, part.redacted === true ? 'redacted' : 'reasoning')
        break
      case 'tool-call-start':
        this.#startCall(part)
        break
      case 'tool-call-delta':
        this.#writer.emit(...(this.#calls.get(part.index)?.item.delta(part.arguments) ?? []))
        break
      case 'media':
        // there is no item for sound that a model made
        this.#closeCurrent('completed')
        if (part.mediaType.startsWith('image/')) this.#writer.addPicture(part.data)
        break
      case 'finish':
        this.#finish = part.reason
        break
      case 'usage':
        this.#usage = part.usage
    }
  }

  #message(): OpenMessage {
    if (this.#current?.item instanceof OpenMessage) return this.#current.item
    this.#closeCurrent('completed')
    const opened = this.#writer.open('msg', (place) => new OpenMessage(place))
    this.#current = opened
    return opened.item
  }

  #reasoning(): OpenReasoning {
    if (this.#current?.item instanceof OpenReasoning) return this.#current.item
    this.#closeCurrent('completed')
    const opened = this.#writer.open('rs', (place) => new OpenReasoning(place))
    this.#current = opened
    return opened.item
  }

  /** Ends the reasoning before it; redacted, or of a call, it is an item of its own. */
  #sign(signature: VendorSignature, of: SignatureOf): void {
    if (of !== 'reasoning') this.#closeCurrent('completed')
    this.#reasoning().encrypted = writeSignature(signature, of)
    this.#closeCurrent('completed')
  }

  #startCall({ index, id, name, signature }: Extract<ChatPart, { type: 'tool-call-start' }>): void {
    if (signature) this.#sign(signature, 'call')
    this.#closeCurrent('completed')
    const { isCustom, ...called } = this.#parameters.calledTools.get(name) ?? { name, isCustom: false }
    const call = { call_id: id, ...called }
    const opened = isCustom
      ? this.#writer.open('ctc', (place) => new OpenCustomCall(place, call))
      : this.#writer.open('fc', (place) => new OpenFunctionCall(place, call))
    this.#calls.set(index, opened)
  }

  #closeCurrent(status: 'completed' | 'incomplete'): void {
    if (this.#current) this.#writer.close(this.#current, status)
    this.#current = null
  }
}
