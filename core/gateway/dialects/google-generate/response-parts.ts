import type { ChatPart } from '../../../providers/spec/chat.ts'
import { isRecord, type Json } from '../json-fields.ts'
import { parseArguments, type ToolCall } from '../tool-calls.ts'

export type WirePart = Json

/** The function calls of an answer, but those whose arguments are no JSON object: these are told in words. */
export function writeCalls(calls: readonly ToolCall[]): { parts: WirePart[]; malformed: string | null } {
  const parts: WirePart[] = []
  const malformed: string[] = []
  for (const { id, name, arguments: text, signature } of calls) {
    const args = parseArguments(text)
    const signed = signature?.vendor === 'google' && { thoughtSignature: signature.value }
    if (isRecord(args)) parts.push({ functionCall: { id, name, args }, ...signed })
    else malformed.push(`${name}(${text})`)
  }
  return {
    parts,
    malformed: malformed.length === 0 ? null : `Malformed function call: ${malformed.join(', ')}`
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
