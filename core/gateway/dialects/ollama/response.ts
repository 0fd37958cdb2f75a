import type { ChatEvent, TokenLogprob } from '../../../providers/spec/chat.ts'
import type { AnswerBuilder, AnswerIdentity, StreamWriter } from '../chat-dialect.ts'
import { type AnswerForm, logprobsOf, type Said } from './answer-form.ts'
import { AnswerState } from './answer-state.ts'
import { asksToUnload } from './keep-alive.ts'
import type { OllamaParameters } from './parameters.ts'

/** One line of NDJSON. */
export const line = (value: unknown): string => `${JSON.stringify(value)}\n`

/** Writes neutral events as lines; tool calls go out whole, when the model has made them all. */
export class LineWriter implements StreamWriter {
  readonly #identity: AnswerIdentity
  readonly #parameters: OllamaParameters
  readonly #form: AnswerForm
  readonly #state: AnswerState

  constructor(identity: AnswerIdentity, parameters: OllamaParameters, form: AnswerForm) {
    this.#identity = identity
    this.#parameters = parameters
    this.#form = form
    this.#state = new AnswerState(parameters.receivedAt)
  }

  event({ parts }: ChatEvent): string {
    const said = { text: '', thinking: '' }
    const tokens: TokenLogprob[] = []
    let toolCalls = ''
    for (const part of parts) {
      this.#state.add(part)
      if (part.type === 'text-delta') said.text += part.text
      else if (part.type === 'reasoning-delta' && this.#parameters.think !== false) said.thinking += part.text
      else if (part.type === 'logprobs') tokens.push(...part.tokens)
      // here, where an error is still told to the client, and not in end()
      else if (part.type === 'finish') toolCalls = this.#toolCalls()
    }
    if (said.text === '' && said.thinking === '' && tokens.length === 0) return toolCalls
    return this.#line(said, { done: false, ...logprobsOf(tokens) }) + toolCalls
  }

  end(): string {
    return this.#toolCalls() + this.#line({ text: '', thinking: '' }, this.#state.ending(true))
  }

  #toolCalls(): string {
    const toolCalls = this.#state.takeToolCalls()
    return toolCalls.length === 0 ? '' : this.#line({ text: '', thinking: '', toolCalls }, { done: false })
  }

  #line(said: Said, rest: object): string {
    return line({ ...head(this.#identity), ...this.#form(said), ...rest })
  }
}

/** Gathers neutral events into the one object of an answer that is not streamed. */
export class ObjectBuilder implements AnswerBuilder {
  readonly #identity: AnswerIdentity
  readonly #parameters: OllamaParameters
  readonly #form: AnswerForm
  readonly #state: AnswerState
  readonly #tokens: TokenLogprob[] = []
  #text = ''
  #thinking = ''

  constructor(identity: AnswerIdentity, parameters: OllamaParameters, form: AnswerForm) {
    this.#identity = identity
    this.#parameters = parameters
    this.#form = form
    this.#state = new AnswerState(parameters.receivedAt)
  }

  add({ parts }: ChatEvent): void {
    for (const part of parts) {
      this.#state.add(part)
      if (part.type === 'text-delta') this.#text += part.text
      else if (part.type === 'reasoning-delta') this.#thinking += part.text
      else if (part.type === 'logprobs') this.#tokens.push(...part.tokens)
    }
  }

  build(): unknown {
    const thinking = this.#parameters.think === false ? '' : this.#thinking
    const toolCalls = this.#state.takeToolCalls()
    return {
      ...head(this.#identity),
      ...this.#form({ text: this.#text, thinking, toolCalls }),
      ...logprobsOf(this.#tokens),
      ...this.#state.ending(false)
    }
  }
}

/** What a model answers that was asked nothing but to be ready (or, with `keep_alive: 0`, to go). */
export function loadedBody(model: string, form: AnswerForm, keepAlive: unknown): unknown {
  const reason = asksToUnload(keepAlive) ? 'unload' : 'load'
  return { ...head({ model }), ...form({ text: '', thinking: '' }), done: true, done_reason: reason }
}

const head = ({ model }: Pick<AnswerIdentity, 'model'>) => ({ model, created_at: new Date().toISOString() })
