import type { ReasoningRequest } from '../../spec/chat-options.ts'
import type { ReasoningPart, ToolCallPart, VendorSignature } from '../../spec/prompt.ts'
import { budgetOf, effortOf } from '../reasoning-effort.ts'
import type { ChatQuirks } from './vendor.ts'
import type { WirePart } from './write-content.ts'

/** How much to think, in the words of the vendor. */
export function writeReasoningRequest(
  reasoning: ReasoningRequest,
  quirks: ChatQuirks,
  warnings: Set<string>
): WirePart {
  const { budgetTokens, show } = reasoning
  const wanted = effortOf(reasoning) ?? null
  if (wanted === null && quirks.reasoning !== 'reasoning') return {}
  const named = wanted === null ? null : (quirks.efforts[wanted] ?? wanted)
  const type = wanted === 'none' ? 'disabled' : 'enabled'
  switch (quirks.reasoning) {
    case 'reasoning_effort':
      return { reasoning_effort: named }
    case 'reasoning':
      return {
        reasoning: {
          ...(budgetTokens !== undefined && budgetTokens > 0
            ? { max_tokens: budgetTokens }
            : named && { effort: named }),
          ...(wanted === null && { enabled: true }),
          ...(show === false && { exclude: true })
        }
      }
    case 'thinking':
      return { thinking: { type } }
    case 'thinking-and-effort':
      return { thinking: { type }, ...(wanted !== 'none' && { reasoning_effort: named }) }
    case 'enable_thinking':
      return {
        enable_thinking: wanted !== 'none',
        ...(wanted !== null && wanted !== 'none' && { thinking_budget: budgetTokens ?? budgetOf[wanted] })
      }
    case 'chat_template_kwargs':
      return {
        chat_template_kwargs: {
          enable_thinking: wanted !== 'none',
          ...(wanted !== 'none' && { reasoning_effort: named })
        }
      }
    case 'none':
      warnings.add('reasoning_effort was dropped')
      return {}
  }
}

const formats: Readonly<Record<VendorSignature['vendor'], string>> = {
  anthropic: 'anthropic-claude-v1',
  google: 'google-gemini-v1',
  openai: 'openai-responses-v1'
}

/** OpenRouter's form of signed reasoning: https://openrouter.ai/docs/use-cases/reasoning-tokens */
export function writeReasoningDetails(
  parts: readonly ReasoningPart[],
  calls: readonly ToolCallPart[]
): WirePart[] {
  const thoughts = parts.map(({ text, signature, redacted }): WirePart => {
    if (signature === undefined) return { type: 'reasoning.text', text }
    const format = formats[signature.vendor]
    return redacted || signature.vendor === 'openai'
      ? { type: 'reasoning.encrypted', data: signature.value, format }
      : { type: 'reasoning.text', text, signature: signature.value, format }
  })
  const signed = calls.flatMap(({ id, signature }) =>
    signature === undefined
      ? []
      : [{ type: 'reasoning.encrypted', id, data: signature.value, format: formats[signature.vendor] }]
  )
  return [...thoughts, ...signed].map((detail, index) => ({ ...detail, index }))
}

/** LiteLLM's form of what Anthropic signed: https://docs.litellm.ai/docs/reasoning_content */
export function writeThinkingBlocks(parts: readonly ReasoningPart[]): WirePart[] {
  return parts.flatMap(({ text, signature, redacted }): WirePart[] => {
    if (signature?.vendor !== 'anthropic') return []
    return redacted
      ? [{ type: 'redacted_thinking', data: signature.value }]
      : [{ type: 'thinking', thinking: text, signature: signature.value }]
  })
}
