import type { Json } from '../json-fields.ts'
import { readCustomInput } from './custom-tools.ts'
import type { ItemEvent, ItemPlace, ItemStatus, OpenItem } from './open-items.ts'

type Called = Readonly<{ call_id: string; name: string; namespace?: string }>

/** A call of a tool that is still being written: its arguments come in pieces. */
export abstract class OpenCall implements OpenItem {
  protected readonly place: ItemPlace
  protected readonly call: Called
  protected arguments = ''

  constructor(place: ItemPlace, call: Called) {
    this.place = place
    this.call = call
  }

  open(): ItemEvent[] {
    return []
  }

  delta(piece: string): ItemEvent[] {
    this.arguments += piece
    return []
  }

  abstract close(): ItemEvent[]
  abstract item(status: ItemStatus): Json
}

export class OpenFunctionCall extends OpenCall {
  override delta(piece: string): ItemEvent[] {
    super.delta(piece)
    return [{ type: 'response.function_call_arguments.delta', ...this.place, delta: piece }]
  }

  close(): ItemEvent[] {
    const done = { name: this.call.name, arguments: this.arguments }
    return [{ type: 'response.function_call_arguments.done', ...this.place, ...done }]
  }

  item(status: ItemStatus): Json {
    const text = status === 'in_progress' ? '' : this.arguments
    return { id: this.place.item_id, type: 'function_call', status, arguments: text, ...this.call }
  }
}

/** A call of a tool that takes free text, which is known when the JSON around it is whole. */
export class OpenCustomCall extends OpenCall {
  close(): ItemEvent[] {
    const input = readCustomInput(this.arguments)
    return [
      { type: 'response.custom_tool_call_input.delta', ...this.place, delta: input },
      { type: 'response.custom_tool_call_input.done', ...this.place, input }
    ]
  }

  item(status: ItemStatus): Json {
    const input = status === 'in_progress' ? '' : readCustomInput(this.arguments)
    return { id: this.place.item_id, type: 'custom_tool_call', status, input, ...this.call }
  }
}
