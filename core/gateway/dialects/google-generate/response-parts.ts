import type { ChatPart } from '../../../providers/spec/chat.ts'
import { isRecord, type Json } from '../json-fields.ts'

export type WirePart = Json

interface PendingCall {
  id: string
  name: string
  arguments: string
  thoughtSignature?: string
}

/** Function calls whose arguments come in pieces, of several calls mixed perhaps; Google's wire has each of them whole. */
export class PendingCalls {
  readonly #calls = new Map<number, PendingCall>()

  add(part: ChatPart): void {
    if (part.type === 'tool-call-start') {
      const { index, id, name, signature } = part
      const thoughtSignature = signature?.vendor === 'google' ? signature.value : undefined
      this.#calls.set(index, { id, name, arguments: '', ...(thoughtSignature && { thoughtSignature }) })
    } else if (part.type === 'tool-call-delta') {
      const call = this.#calls.get(part.index)
      if (call) call.arguments += part.arguments
    }
  }

  /** The calls in their order, but those whose arguments are no JSON object: these are told in words. */
  finish(): { parts: WirePart[]; malformed: string | null } {
    const parts: WirePart[] = []
    const malformed: string[] = []
    for (const { id, name, arguments: text, thoughtSignature } of this.#calls.values()) {
      const args = parseArgs(text)
      if (args)
        parts.push({ functionCall: { id, name, args }, ...(thoughtSignature && { thoughtSignature }) })
      else malformed.push(`${name}(${text})`)
    }
    return {
      parts,
      malformed: malformed.length === 0 ? null : `Malformed function call: ${malformed.join(', ')}`
    }
  }
}

function parseArgs(text: string): Json | null {
  if (text.trim() === '') return {}
  try {
    const args: unknown = JSON.parse(text)
    return isRecord(args) ? args : null
  } catch {
    return null
  }
}

/**
 * The part of Google's wire that a piece of an answer becomes at once; null for one that becomes none. Signatures of other
 * vendors are left out: Google would refuse them when they come back.
 */
export function toWirePart(part: ChatPart): WirePart | null {
  switch (part.type) {
    case 'text-delta':
      return part.text === '' ? null : { text: part.text }
    case 'reasoning-delta':
      return part.text === '' ? null : { text: part.text, thought: true }
    case 'reasoning-signature': {
      if (part.signature.vendor !== 'google') return null
      return { text: '', ...(!part.redacted && { thought: true }), thoughtSignature: part.signature.value }
    }
    case 'media':
      return { inlineData: { mimeType: part.mediaType, data: part.data } }
    default:
      return null
  }
}
