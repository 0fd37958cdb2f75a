import type { Json } from '../json-fields.ts'
import { homeportId, type IdKind } from './homeport-ids.ts'
import type { ItemEvent, ItemPlace, OpenItem } from './open-items.ts'
import { clientItem } from './response-object.ts'

/** An item and its place in the output. */
export interface Placed<Item> {
  item: Item
  at: number
}

/** Writes the items of one response, and numbers the events that tell of them. */
export class OutputWriter {
  readonly #responseId: string
  readonly #include: ReadonlySet<string>
  /** Finished items, whole; null while one is being written. */
  readonly #items: (Json | null)[] = []
  #events: Json[] = []
  #sequence = 0

  /** `include`: what the client wants to see beside the usual. */
  constructor(responseId: string, include: ReadonlySet<string>) {
    this.#responseId = responseId
    this.#include = include
  }

  /** The finished items. */
  get output(): Json[] {
    return this.#items.filter((item) => item !== null)
  }

  open<Item extends OpenItem>(kind: IdKind, create: (place: ItemPlace) => Item): Placed<Item> {
    const at = this.#items.length
    const item = create({ item_id: this.#nextId(kind), output_index: at })
    this.#items.push(null)
    this.emit({ type: 'response.output_item.added', output_index: at, item: item.item('in_progress') })
    this.emit(...item.open())
    return { item, at }
  }

  close({ item, at }: Placed<OpenItem>, status: 'completed' | 'incomplete'): void {
    this.emit(...item.close())
    this.#finish(at, item.item(status))
  }

  /** A picture, as the tool that makes pictures at OpenAI gives it. */
  addPicture(data: string): void {
    const at = this.#items.length
    const picture = {
      id: this.#nextId('ig'),
      type: 'image_generation_call',
      status: 'completed',
      result: data
    }
    this.#items.push(null)
    const item = { ...picture, status: 'in_progress', result: null }
    this.emit({ type: 'response.output_item.added', output_index: at, item })
    this.#finish(at, picture)
  }

  emit(...events: readonly ItemEvent[]): void {
    for (const { type, ...members } of events) {
      this.#events.push({ type, sequence_number: this.#sequence++, ...members })
    }
  }

  /** The events since the last time. */
  take(): Json[] {
    const events = this.#events
    this.#events = []
    return events
  }

  #finish(at: number, item: Json): void {
    this.#items[at] = item
    this.emit({ type: 'response.output_item.done', output_index: at, item: clientItem(item, this.#include) })
  }

  /** Unique among all answers, as clients refer to items by it. */
  #nextId(kind: IdKind): string {
    return homeportId(kind, this.#responseId + String(this.#items.length).padStart(3, '0'))
  }
}
