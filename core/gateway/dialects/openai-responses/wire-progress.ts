import type { ChatEvent, ChatPart } from '../../../providers/spec/chat.ts'
import { isRecord, type Json, objectIn } from '../json-fields.ts'
import { writeUsage } from './usage.ts'

/** An item that the upstream has begun. */
interface WireItem {
  item: Json
  outputIndex: unknown
  /** The part of a message that is being written. */
  part: { content: Json; index: unknown } | null
  /** Of a message its text, of a call its arguments. */
  text: string
  isDone: boolean
}

/** Events that say which items there are; all others only add to them. */
const structure = /^response\.(output_item\.(added|done)|content_part\.(added|done))$/

/**
 * How far an answer of an upstream of the dialect has come, so that it can be ended in the middle as OpenAI ends one at
 * its limit. The many events that bring text are not parsed for it.
 */
export class WireProgress {
  readonly #items: WireItem[] = []

  add({ parts, wire, wireEvent }: ChatEvent): void {
    for (const part of parts) this.#gather(part)
    // some servers leave the event's name to its data
    const type = wireEvent ?? /^\{"type": ?"([\w.]+)"/.exec(wire ?? '')?.[1]
    if (wire !== undefined && type !== undefined && structure.test(type))
      this.#read(type, objectIn(wire) ?? {})
  }

  /** The events that end it, the first with this number. `first` is the event it began with. */
  cut({ parts }: ChatEvent, first: Json | null, number: number): Json[] {
    const events = this.#items.flatMap((open) => (open.isDone ? [] : closing(open)))
    const usage = parts.find((part) => part.type === 'usage')?.usage
    const response = {
      ...(isRecord(first?.response) ? first.response : {}),
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: this.#items.map(({ item }) => item),
      usage: usage ? writeUsage(usage) : null
    }
    events.push({ type: 'response.incomplete', response })
    return events.map((event, index) => ({ ...event, sequence_number: number + index }))
  }

  #gather(part: ChatPart): void {
    if (part.type === 'text-delta') {
      const message = this.#items.findLast(({ item }) => item.type === 'message')
      if (message) message.text += part.text
    } else if (part.type === 'tool-call-delta') {
      const call = this.#items.filter(({ item }) => item.type === 'function_call')[part.index]
      if (call) call.text += part.arguments
    }
  }

  #read(type: string, event: Json): void {
    const known = this.#items.find(({ outputIndex }) => outputIndex === event.output_index)
    if (type === 'response.output_item.added' && isRecord(event.item)) {
      const { item, output_index: outputIndex } = event
      this.#items.push({ item, outputIndex, part: null, text: '', isDone: false })
    } else if (type === 'response.output_item.done' && known && isRecord(event.item)) {
      known.item = event.item
      known.isDone = true
    } else if (type === 'response.content_part.added' && known && isRecord(event.part)) {
      known.part = { content: event.part, index: event.content_index }
    }
  }
}

/** The events that end an item in the middle, which is then as they say. */
function closing(open: WireItem): Json[] {
  const place = { item_id: open.item.id, output_index: open.outputIndex }
  const events: Json[] = []
  const { part, text } = open
  if (part) {
    const at = { ...place, content_index: part.index }
    const content = { ...part.content, text }
    events.push({ type: 'response.output_text.done', ...at, text, logprobs: [] })
    events.push({ type: 'response.content_part.done', ...at, part: content })
    open.item = { ...open.item, content: [content] }
  } else if (open.item.type === 'function_call') {
    events.push({ type: 'response.function_call_arguments.done', ...place, arguments: text })
    open.item = { ...open.item, arguments: text }
  }
  open.item = { ...open.item, status: 'incomplete' }
  events.push({ type: 'response.output_item.done', output_index: open.outputIndex, item: open.item })
  return events
}
