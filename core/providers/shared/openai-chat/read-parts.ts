import type { ChatPart } from '../../spec/chat.ts'
import type { VendorSignature } from '../../spec/prompt.ts'
import { asArray, asObject, asText, type JsonObject } from '../json.ts'
import { readFinishReason } from './finish-reason.ts'
import { readTokens } from './read-logprobs.ts'
import { readReasoningText, readSignatures } from './read-reasoning.ts'
import { ToolCallReader } from './tool-call-reader.ts'
import { readUsage } from './usage.ts'

/**
 * Reads what a completion means, or chunk by chunk what a streamed one does. Of several choices (`n`) only the first is
 * read; all of them stay in the wire form. One reader for one answer.
 */
export class AnswerReader {
  readonly #calls = new ToolCallReader()
  readonly #signatures = new Map<string, VendorSignature>()
  /** As the last chunk that named one said. */
  #tier: unknown = null

  read(body: JsonObject): ChatPart[] {
    const parts: ChatPart[] = []
    for (const item of asArray(body.choices)) {
      const choice = asObject(item)
      if (choice && (choice.index ?? 0) === 0) this.#readChoice(choice, parts)
    }
    this.#tier = body.service_tier ?? this.#tier
    // Groq writes the usage of a stream into its own field, whether asked to or not; Moonshot into the choice
    const usage =
      readUsage(body.usage, this.#tier) ??
      readUsage(asObject(body.x_groq)?.usage, this.#tier) ??
      readUsage(asObject(asArray(body.choices)[0])?.usage, this.#tier)
    if (usage) parts.push({ type: 'usage', usage })
    return parts
  }

  #readChoice(choice: JsonObject, parts: ChatPart[]): void {
    const delta = asObject(choice.delta)
    const message = delta ?? asObject(choice.message)
    if (message) this.#readMessage(message, delta === null, parts)
    const tokens = readTokens(asObject(choice.logprobs)?.content)
    if (tokens.length > 0) parts.push({ type: 'logprobs', tokens })
    const reason = readFinishReason(choice.finish_reason)
    // some servers say "stop" after tool calls too
    if (reason)
      parts.push({ type: 'finish', reason: reason === 'stop' && this.#calls.any ? 'tool-calls' : reason })
  }

  #readMessage(message: JsonObject, isWhole: boolean, parts: ChatPart[]): void {
    const reasoning = readReasoningText(message)
    if (reasoning !== null) parts.push({ type: 'reasoning-delta', text: reasoning })
    if (message.reasoning_details !== undefined || message.thinking_blocks !== undefined) {
      const signed = readSignatures(message)
      parts.push(...signed.parts)
      for (const [id, signature] of signed.ofCalls) this.#signatures.set(id, signature)
    }
    const text =
      asText(message.content) ?? asText(message.refusal) ?? asText(asObject(message.audio)?.transcript)
    if (text !== null) parts.push({ type: 'text-delta', text })
    else for (const item of asArray(message.content)) readContentPart(item, parts)
    for (const item of asArray(message.images)) readImage(item, parts)
    this.#calls.read(message, isWhole, (id) => this.#signatures.get(id) ?? null, parts)
  }
}

/** The whole of a chunk is token counts, which the client may not have asked for. */
export function isUsageOnly(chunk: JsonObject): boolean {
  return asArray(chunk.choices).length === 0 && asObject(chunk.usage) !== null
}

/** Mistral's reasoning models answer in parts: `{type: "text", text}` and `{type: "thinking", thinking: [...]}`. */
function readContentPart(value: unknown, parts: ChatPart[]): void {
  const part = asObject(value)
  const text = part && asText(part.text)
  if (text) parts.push({ type: 'text-delta', text })
  for (const item of asArray(part?.thinking)) {
    const thought = asText(asObject(item)?.text)
    if (thought !== null) parts.push({ type: 'reasoning-delta', text: thought })
  }
}

/** OpenRouter's form of a picture that the model made. */
function readImage(value: unknown, parts: ChatPart[]): void {
  const url = asText(asObject(asObject(value)?.image_url)?.url)
  const comma = url?.indexOf(';base64,') ?? -1
  if (!url?.startsWith('data:') || comma === -1) return
  parts.push({
    type: 'media',
    mediaType: url.slice('data:'.length, comma),
    data: url.slice(comma + ';base64,'.length)
  })
}
