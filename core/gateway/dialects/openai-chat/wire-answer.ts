import type { Usage } from '../../../contract/usage.ts'
import type { FinishReason, TokenLogprob } from '../../../providers/spec/chat.ts'
import type { VendorSignature } from '../../../providers/spec/prompt.ts'
import { reasoningFormats } from './reasoning.ts'

// What a chunk and a whole completion write alike.

const finishReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  other: 'stop'
}

/** `asFunctions`: for a client that defined its tools as `functions`. */
export function writeFinish(reason: FinishReason, asFunctions: boolean): string {
  return reason === 'tool-calls' && asFunctions ? 'function_call' : finishReasons[reason]
}

/** OpenAI counts cached tokens inside the prompt and reasoning inside the completion, as the neutral shape does. */
export function writeUsage({ input, output }: Usage) {
  const cacheWrite = input.cacheWrite5m + input.cacheWrite1h
  return {
    prompt_tokens: input.total,
    completion_tokens: output.total,
    total_tokens: input.total + output.total,
    prompt_tokens_details: {
      cached_tokens: input.cacheRead,
      // OpenRouter's name; OpenAI has none, as it does not bill what it writes
      ...(cacheWrite > 0 && { cache_write_tokens: cacheWrite })
    },
    completion_tokens_details: { reasoning_tokens: output.reasoning }
  }
}

/** Null for no tokens, as the dialect has it. */
export function writeLogprobs(tokens: readonly TokenLogprob[]) {
  if (tokens.length === 0) return null
  const content = tokens.map(({ top, ...token }) => ({ ...token, top_logprobs: top }))
  return { content, refusal: null }
}

/** Google's signature of a tool call, where its OpenAI-compatible endpoint has it. */
export function writeCallSignature(signature: VendorSignature | undefined) {
  return signature?.vendor === 'google'
    ? { extra_content: { google: { thought_signature: signature.value } } }
    : {}
}

/** A picture as OpenRouter writes it; the dialect has no place for one. */
export function writeImage(mediaType: string, data: string, index: number) {
  return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${data}` }, index }
}

/**
 * Reasoning that was signed, as OpenRouter writes it, so that a client that keeps `reasoning_details` can hand it back. A
 * detail always holds the whole text that its signature is for.
 */
export class ReasoningDetails {
  #text = ''
  #count = 0

  add(text: string): void {
    this.#text += text
  }

  /** The detail that a signature closes. */
  close({ vendor, value }: VendorSignature, redacted: boolean) {
    const index = this.#count++
    const format = reasoningFormats[vendor]
    if (redacted || vendor === 'openai') return { type: 'reasoning.encrypted', data: value, format, index }
    const text = this.#text
    this.#text = ''
    return { type: 'reasoning.text', text, signature: value, format, index }
  }
}
