import type { ChatPart } from '../../spec/chat.ts'
import { asArray, asObject, asText, type JsonObject } from '../json.ts'
import { readFinishReason } from './finish-reason.ts'
import { readUsage } from './usage.ts'

/**
 * What a completion, or one chunk of a streamed one, means. Of several choices (`n`) only the first is read; all of them
 * stay in the wire form.
 */
export function readParts(body: JsonObject): ChatPart[] {
  const parts: ChatPart[] = []
  for (const item of asArray(body.choices)) {
    const choice = asObject(item)
    if (!choice || (choice.index ?? 0) !== 0) continue
    const message = asObject(choice.delta) ?? asObject(choice.message)
    if (message) readMessage(message, parts)
    const reason = readFinishReason(choice.finish_reason)
    if (reason) parts.push({ type: 'finish', reason })
  }
  // Groq writes the usage of a stream into its own field, whether asked to or not
  const usage = readUsage(body.usage) ?? readUsage(asObject(body.x_groq)?.usage)
  if (usage) parts.push({ type: 'usage', usage })
  return parts
}

/** The whole of a chunk is token counts, which the client may not have asked for. */
export function isUsageOnly(chunk: JsonObject): boolean {
  return asArray(chunk.choices).length === 0 && asObject(chunk.usage) !== null
}

function readMessage(message: JsonObject, parts: ChatPart[]): void {
  // DeepSeek, llama.cpp: reasoning_content. OpenRouter, Groq, Ollama: reasoning. Some send both, with the same text
  const reasoning = asText(message.reasoning_content) ?? asText(message.reasoning)
  if (reasoning !== null) parts.push({ type: 'reasoning-delta', text: reasoning })
  const text = asText(message.content) ?? asText(message.refusal)
  if (text !== null) parts.push({ type: 'text-delta', text })
  else for (const item of asArray(message.content)) readContentPart(item, parts)
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
