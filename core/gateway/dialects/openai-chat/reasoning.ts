import type { ReasoningRequest } from '../../../providers/spec/chat-options.ts'
import type { ReasoningPart, VendorSignature } from '../../../providers/spec/prompt.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const
type Effort = (typeof efforts)[number]

/**
 * How much to think, in whichever of its forms a client writes it: OpenAI's `reasoning_effort`, OpenRouter's `reasoning`,
 * `thinking` (DeepSeek, Z.ai, Moonshot), Qwen's `enable_thinking`. Throws `bad-request`.
 */
export function readReasoningRequest(body: Json): ReasoningRequest | null {
  const request: ReasoningRequest = {}
  const { reasoning, thinking } = body
  if (isRecord(reasoning)) {
    setEffort(request, reasoning.effort, 'reasoning.effort')
    setBudget(request, reasoning.max_tokens)
    if (reasoning.enabled === false) request.effort = 'none'
    if (reasoning.exclude === true) request.show = false
  }
  if (isRecord(thinking)) {
    if (thinking.type === 'disabled') request.effort = 'none'
    else setBudget(request, thinking.budget_tokens)
  }
  if (body.enable_thinking === false) request.effort = 'none'
  else setBudget(request, body.thinking_budget)
  setEffort(request, body.reasoning_effort, 'reasoning_effort')
  if (typeof body.include_reasoning === 'boolean') request.show = body.include_reasoning

  const isSwitchedOn =
    (isRecord(reasoning) && reasoning.enabled === true) ||
    (isRecord(thinking) && thinking.type === 'enabled') ||
    body.enable_thinking === true
  if (isSwitchedOn && request.effort === undefined && request.budgetTokens === undefined) {
    request.effort = 'medium'
  }
  return Object.keys(request).length === 0 ? null : request
}

function setEffort(request: ReasoningRequest, value: unknown, param: string): void {
  if (value === undefined || value === null) return
  // what some vendors call their highest
  const effort = value === 'max' ? 'xhigh' : efforts.find((each) => each === value)
  if (effort === undefined) throw badParameter(param, `must be one of ${efforts.join(', ')}`)
  request.effort = effort satisfies Effort
}

function setBudget(request: ReasoningRequest, value: unknown): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) request.budgetTokens = value
}

/** OpenRouter's names for whoever signed: https://openrouter.ai/docs/use-cases/reasoning-tokens */
export const reasoningFormats: Readonly<Record<VendorSignature['vendor'], string>> = {
  anthropic: 'anthropic-claude-v1',
  google: 'google-gemini-v1',
  openai: 'openai-responses-v1'
}

export interface EarlierReasoning {
  parts: ReasoningPart[]
  /** Signatures of tool calls, by the calls' ids. */
  ofCalls: ReadonlyMap<string, VendorSignature>
}

/**
 * What an assistant's message says of its reasoning: `reasoning_details` with their signatures, else `reasoning_content` or
 * `reasoning`.
 */
export function readEarlierReasoning(message: Json): EarlierReasoning {
  const text = [message.reasoning_content, message.reasoning].find(isText) ?? ''
  const ofCalls = new Map<string, VendorSignature>()
  const details = Array.isArray(message.reasoning_details) ? message.reasoning_details : []
  const parts = details.flatMap((detail) => (isRecord(detail) ? readDetail(detail, ofCalls) : []))
  const isTold = parts.some((part) => part.text !== '')
  if (!isTold && text !== '') {
    // a signature whose text stands in the other member
    const signed = parts.find(({ redacted }) => redacted !== true)
    if (signed) signed.text = text
    else parts.unshift({ type: 'reasoning', text })
  }
  return { parts, ofCalls }
}

function readDetail(detail: Json, ofCalls: Map<string, VendorSignature>): ReasoningPart[] {
  const { id, format, signature, data } = detail
  const text = [detail.text, detail.summary].find(isText) ?? ''
  const vendor = vendorOf(format)
  if (isText(data)) {
    if (vendor === null) return []
    const encrypted: VendorSignature = { vendor, value: data }
    if (vendor === 'google' && isText(id)) {
      ofCalls.set(id, encrypted)
      return []
    }
    return [{ type: 'reasoning', text: '', signature: encrypted, redacted: true }]
  }
  if (!isText(signature) || vendor === null) return text === '' ? [] : [{ type: 'reasoning', text }]
  return [{ type: 'reasoning', text, signature: { vendor, value: signature } }]
}

/** Without a format, Anthropic: OpenRouter's default. */
function vendorOf(format: unknown): VendorSignature['vendor'] | null {
  const name = isText(format) ? format : reasoningFormats.anthropic
  return (['anthropic', 'google', 'openai'] as const).find((vendor) => name.startsWith(vendor)) ?? null
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
