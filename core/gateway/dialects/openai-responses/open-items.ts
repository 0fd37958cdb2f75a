import type { TokenLogprob } from '../../../providers/spec/chat.ts'
import type { Json } from '../json-fields.ts'

/** An event of the stream before it gets its number. */
export type ItemEvent = { readonly type: string } & Json

/** An item of the output that is still being written. */
export interface OpenItem {
  /** The item as far as it is. */
  item(status: ItemStatus): Json
  /** What comes between `output_item.added` and the first delta. */
  open(): ItemEvent[]
  /** What comes before `output_item.done`. */
  close(): ItemEvent[]
}
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete'

/** Where an item is: every event of it says so. */
export interface ItemPlace {
  item_id: string
  output_index: number
}

export class OpenMessage implements OpenItem {
  readonly #place: ItemPlace & { content_index: number }
  readonly #logprobs: unknown[] = []
  #text = ''

  constructor(place: ItemPlace) {
    this.#place = { ...place, content_index: 0 }
  }

  open(): ItemEvent[] {
    return [{ type: 'response.content_part.added', ...this.#place, part: this.#part() }]
  }

  delta(text: string, tokens: readonly TokenLogprob[]): ItemEvent {
    const logprobs = tokens.map(writeLogprob)
    this.#text += text
    this.#logprobs.push(...logprobs)
    return { type: 'response.output_text.delta', ...this.#place, delta: text, logprobs }
  }

  close(): ItemEvent[] {
    const text = this.#text
    return [
      { type: 'response.output_text.done', ...this.#place, text, logprobs: this.#logprobs },
      { type: 'response.content_part.done', ...this.#place, part: this.#part() }
    ]
  }

  item(status: ItemStatus): Json {
    const content = status === 'in_progress' ? [] : [this.#part()]
    return { id: this.#place.item_id, type: 'message', status, content, role: 'assistant' }
  }

  #part(): Json {
    return { type: 'output_text', annotations: [], logprobs: [...this.#logprobs], text: this.#text }
  }
}

function writeLogprob({ token, logprob, bytes, top }: TokenLogprob): Json {
  return {
    token,
    logprob,
    bytes: bytes ?? [],
    top_logprobs: top.map((other) => ({
      token: other.token,
      logprob: other.logprob,
      bytes: other.bytes ?? []
    }))
  }
}

export class OpenReasoning implements OpenItem {
  /** What its vendor wants back, in the form that clients carry. */
  encrypted: string | null = null
  readonly #place: ItemPlace
  #text = ''

  constructor(place: ItemPlace) {
    this.#place = place
  }

  open(): ItemEvent[] {
    return []
  }

  delta(text: string): ItemEvent[] {
    const place = { ...this.#place, summary_index: 0 }
    const begun: ItemEvent[] =
      this.#text === ''
        ? [{ type: 'response.reasoning_summary_part.added', ...place, part: summaryPart('') }]
        : []
    this.#text += text
    return [...begun, { type: 'response.reasoning_summary_text.delta', ...place, delta: text }]
  }

  close(): ItemEvent[] {
    const text = this.#text
    if (text === '') return []
    const place = { ...this.#place, summary_index: 0 }
    return [
      { type: 'response.reasoning_summary_text.done', ...place, text },
      { type: 'response.reasoning_summary_part.done', ...place, part: summaryPart(text) }
    ]
  }

  item(status: ItemStatus): Json {
    const isShown = status !== 'in_progress' && this.#text !== ''
    return {
      id: this.#place.item_id,
      type: 'reasoning',
      summary: isShown ? [summaryPart(this.#text)] : [],
      ...(this.encrypted !== null && { encrypted_content: this.encrypted })
    }
  }
}

const summaryPart = (text: string): Json => ({ type: 'summary_text', text })
