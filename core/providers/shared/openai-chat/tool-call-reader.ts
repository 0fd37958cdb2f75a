import { newId } from '../../../lib/ids.ts'
import type { ChatPart } from '../../spec/chat.ts'
import type { VendorSignature } from '../../spec/prompt.ts'
import { asArray, asCount, asObject, asText, type JsonObject, parseJson } from '../json.ts'

interface OpenCall {
  index: number
  /** As the vendor counts, where it does. */
  wireIndex: number | null
  id: string
  /** Null until it is known: the start of a call says it. */
  name: string | null
  arguments: string
  signature: VendorSignature | null
}

/**
 * Tells the tool calls of one answer apart. Servers differ: some count them, some only give ids, some repeat id and name in
 * every delta, some count every call as 0, some send a call in one piece without any id, or its arguments as an object.
 */
export class ToolCallReader {
  readonly #calls: OpenCall[] = []

  /** Whether a call was read. */
  get any(): boolean {
    return this.#calls.some(({ name }) => name !== null)
  }

  /** Reads the calls of a plain answer's message, or of one delta. `signatureOf` finds a signature kept elsewhere. */
  read(
    message: JsonObject,
    isWhole: boolean,
    signatureOf: (id: string) => VendorSignature | null,
    parts: ChatPart[]
  ): void {
    for (const item of asArray(message.tool_calls)) {
      const wire = asObject(item)
      if (wire) this.#readCall(wire, isWhole, signatureOf, parts)
    }
    // how functions were called before there were tools: one, without an id
    const legacy = asObject(message.function_call)
    if (legacy && asArray(message.tool_calls).length === 0) {
      this.#readCall({ index: 0, function: legacy }, isWhole, signatureOf, parts)
    }
  }

  #readCall(
    wire: JsonObject,
    isWhole: boolean,
    signatureOf: (id: string) => VendorSignature | null,
    parts: ChatPart[]
  ): void {
    const definition = asObject(wire.function)
    const id = asText(wire.id)
    const name = asText(definition?.name)
    const known = isWhole ? null : this.#find(asCount(wire.index), id, name)
    const call = known ?? this.#open(asCount(wire.index), id)
    call.signature ??= readSignature(wire) ?? signatureOf(call.id)

    const piece = argumentsOf(definition?.arguments)
    const isStart = call.name === null && name !== null
    if (isStart) {
      call.name = name
      parts.push({
        type: 'tool-call-start',
        index: call.index,
        id: call.id,
        name,
        ...(call.signature && { signature: call.signature })
      })
    }
    // what came before the name waits for it
    const waiting = isStart ? call.arguments : ''
    call.arguments += piece
    if (call.name !== null && waiting + piece !== '') {
      parts.push({ type: 'tool-call-delta', index: call.index, arguments: waiting + piece })
    }
  }

  /** The call that a delta goes on with; null where it begins another. */
  #find(wireIndex: number | null, id: string | null, name: string | null): OpenCall | null {
    if (wireIndex !== null) {
      const call = this.#calls.findLast((each) => each.wireIndex === wireIndex)
      const isOther =
        call !== undefined && id !== null && name !== null && call.name !== null && id !== call.id
      return isOther ? (this.#calls.find((each) => each.id === id) ?? null) : (call ?? null)
    }
    if (id !== null) {
      const call = this.#calls.findLast((each) => each.id === id)
      const isRepeated = call !== undefined && name !== null && isComplete(call.arguments)
      return isRepeated ? null : (call ?? null)
    }
    return name === null ? (this.#calls.at(-1) ?? null) : null
  }

  #open(wireIndex: number | null, wireId: string | null): OpenCall {
    const isTaken = this.#calls.some(({ id }) => id === wireId)
    const call: OpenCall = {
      index: this.#calls.length,
      wireIndex,
      id: wireId === null || isTaken ? `call_${newId()}` : wireId,
      name: null,
      arguments: '',
      signature: null
    }
    this.#calls.push(call)
    return call
  }
}

/** As Google's OpenAI-compatible endpoint signs a call: https://ai.google.dev/gemini-api/docs/thought-signatures */
function readSignature(wire: JsonObject): VendorSignature | null {
  const value = asText(asObject(asObject(wire.extra_content)?.google)?.thought_signature)
  return value === null ? null : { vendor: 'google', value }
}

function argumentsOf(value: unknown): string {
  if (typeof value === 'string') return value
  return asObject(value) ? JSON.stringify(value) : ''
}

const isComplete = (text: string): boolean => asObject(parseJson(text)) !== null
