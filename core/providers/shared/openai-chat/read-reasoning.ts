import type { ChatPart } from '../../spec/chat.ts'
import type { VendorSignature } from '../../spec/prompt.ts'
import { asArray, asObject, asText, type JsonObject } from '../json.ts'

/** What was thought, as servers name it: DeepSeek and llama.cpp `reasoning_content`, OpenRouter, Groq and Ollama `reasoning`. */
export function readReasoningText(message: JsonObject): string | null {
  // some send both, with the same text
  return asText(message.reasoning_content) ?? asText(message.reasoning) ?? textOfDetails(message)
}

function textOfDetails(message: JsonObject): string | null {
  const texts = asArray(message.reasoning_details).map((item) => {
    const detail = asObject(item)
    return asText(detail?.text) ?? asText(detail?.summary) ?? ''
  })
  return asText(texts.join(''))
}

/** Which vendor signed a detail; without a format, Anthropic, as OpenRouter's reference says. */
function vendorOf(format: unknown): VendorSignature['vendor'] | null {
  const name = asText(format) ?? 'anthropic'
  return (['anthropic', 'google', 'openai'] as const).find((vendor) => name.startsWith(vendor)) ?? null
}

export interface SignedReasoning {
  parts: ChatPart[]
  /** Signatures of tool calls by their ids, as Gemini's come through OpenRouter. */
  ofCalls: Map<string, VendorSignature>
}

/** The signatures in OpenRouter's `reasoning_details`, and in LiteLLM's `thinking_blocks`. */
export function readSignatures(message: JsonObject): SignedReasoning {
  const parts: ChatPart[] = []
  const ofCalls = new Map<string, VendorSignature>()
  for (const item of asArray(message.reasoning_details)) {
    const detail = asObject(item)
    const vendor = vendorOf(detail?.format)
    if (!detail || vendor === null) continue
    const value = asText(detail.signature)
    const data = asText(detail.data)
    const id = asText(detail.id)
    if (value !== null) parts.push({ type: 'reasoning-signature', signature: { vendor, value } })
    else if (data !== null && vendor === 'google' && id !== null) ofCalls.set(id, { vendor, value: data })
    else if (data !== null) {
      parts.push({ type: 'reasoning-signature', signature: { vendor, value: data }, redacted: true })
    }
  }
  for (const item of asArray(message.thinking_blocks)) {
    const block = asObject(item)
    const redacted = block?.type === 'redacted_thinking'
    const value = asText(redacted ? block?.data : block?.signature)
    if (value === null) continue
    const signature: VendorSignature = { vendor: 'anthropic', value }
    parts.push({ type: 'reasoning-signature', signature, ...(redacted && { redacted }) })
  }
  return { parts, ofCalls }
}
