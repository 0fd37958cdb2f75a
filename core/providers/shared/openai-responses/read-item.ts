import type { ChatPart } from '../../spec/chat.ts'
import { asArray, asObject, asText, type JsonObject } from '../json.ts'
import { readTokens } from '../openai-chat/read-logprobs.ts'

/** A call of a function or of a custom tool, whose input is free text: neutral arguments are JSON, so it stands under `input`. */
export interface WireCall {
  id: string
  name: string
  arguments: string
}

/** Null for an item that is no call, or one that the client cannot answer. */
export function readCall(item: JsonObject): WireCall | null {
  const id = asText(item.call_id) ?? asText(item.id)
  const name = asText(item.name)
  if (id === null || name === null) return null
  if (item.type === 'function_call') return { id, name, arguments: asText(item.arguments) ?? '' }
  if (item.type !== 'custom_tool_call') return null
  return { id, name, arguments: customArguments(item.input) }
}

export function customArguments(input: unknown): string {
  return JSON.stringify({ input: typeof input === 'string' ? input : '' })
}

/** Everything that stands in a message: its text, or a refusal in its place. */
export function readMessage(item: JsonObject): ChatPart[] {
  return asArray(item.content).flatMap((value) => {
    const content = asObject(value)
    const text = asText(content?.text) ?? asText(content?.refusal)
    const parts: ChatPart[] = text === null ? [] : [{ type: 'text-delta', text }]
    return [...parts, ...readLogprobs(content?.logprobs)]
  })
}

/** What a reasoning item shows: raw thoughts where the model gives them, else their summary. */
export function reasoningText(item: JsonObject): string {
  const textsOf = (list: unknown) => asArray(list).flatMap((part) => asText(asObject(part)?.text) ?? [])
  const thoughts = textsOf(item.content)
  return (thoughts.length > 0 ? thoughts : textsOf(item.summary)).join('\n\n')
}

/** `shown`: whether some of the reasoning was to be read; otherwise the signature stands for all of it. */
export function readSignature(item: JsonObject, shown: boolean): ChatPart[] {
  const value = asText(item.encrypted_content)
  if (value === null) return []
  const signature = { vendor: 'openai' as const, value }
  return [{ type: 'reasoning-signature', signature, ...(!shown && { redacted: true }) }]
}

/** A picture that the model made. */
export function readImage(item: JsonObject): ChatPart[] {
  const data = item.type === 'image_generation_call' ? asText(item.result) : null
  const format = asText(item.output_format) ?? 'png'
  return data === null ? [] : [{ type: 'media', mediaType: `image/${format}`, data }]
}

export function readLogprobs(value: unknown): ChatPart[] {
  const tokens = readTokens(value)
  return tokens.length === 0 ? [] : [{ type: 'logprobs', tokens }]
}
