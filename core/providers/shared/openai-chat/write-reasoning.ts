import type { ReasoningRequest } from '../../spec/chat-options.ts'
import type { ReasoningPart, ToolCallPart, VendorSignature } from '../../spec/prompt.ts'
import type { ChatQuirks } from './vendor.ts'
import type { WirePart } from './write-content.ts'

type Effort = NonNullable<ReasoningRequest['effort']>

const budgets: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 4096,
  medium: 10_240,
  high: 24_576,
  xhigh: 32_768
}

function effortOf(budget: number): Effort {
  if (budget <= 0) return 'none'
  if (budget < 2048) return 'minimal'
  if (budget < 8192) return 'low'
  if (budget < 20_480) return 'medium'
  return budget < 30_720 ? 'high' : 'xhigh'
}

/** How much to think, in the words of the vendor. */
export function writeReasoningRequest(
  { effort, budgetTokens, show }: ReasoningRequest,
  quirks: ChatQuirks,
  warnings: Set<string>
): WirePart {
  const wanted = effort ?? (budgetTokens === undefined ? null : effortOf(budgetTokens))
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
        ...(wanted !== null && wanted !== 'none' && { thinking_budget: budgetTokens ?? budgets[wanted] })
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
