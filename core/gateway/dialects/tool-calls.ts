import type { ChatPart } from '../../providers/spec/chat.ts'
import type { VendorSignature } from '../../providers/spec/prompt.ts'

export interface ToolCall {
  id: string
  name: string
  /** JSON, if the model wrote such. */
  arguments: string
  signature: VendorSignature | undefined
}

/** Puts calls together whose arguments come in pieces, of several calls mixed perhaps. */
export class ToolCalls {
  readonly #calls = new Map<number, ToolCall>()

  /** Reads what is about calls, and passes over the rest. */
  add(part: ChatPart): void {
    if (part.type === 'tool-call-start') {
      const { index, id, name, signature } = part
      this.#calls.set(index, { id, name, arguments: '', signature })
    } else if (part.type === 'tool-call-delta') {
      const call = this.#calls.get(part.index)
      if (call) call.arguments += part.arguments
    }
  }

  /** The calls until now in the order they began, once. */
  take(): ToolCall[] {
    const calls = [...this.#calls.values()]
    this.#calls.clear()
    return calls
  }
}

/** Arguments as a value, for a dialect whose wire holds one; no text is no arguments. Undefined for what is no JSON. */
export function parseArguments(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
