import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { Json } from '../json-fields.ts'
import { toMessages, toSystemMessages } from './contents.ts'
import { toOptions } from './generation-config.ts'
import { camelCased } from './spelling.ts'
import { toToolOptions } from './tools.ts'

/** Members of the body that are mapped below, or say what the address says already. */
const mapped: ReadonlySet<string> = new Set([
  'model',
  'contents',
  'systemInstruction',
  'tools',
  'toolConfig',
  'generationConfig'
])

/**
 * A request to generate content, checked by `readParameters` before, in no dialect. What has no neutral place is named in
 * `unmapped`, or an `unsupported` part. Throws `bad-request`.
 */
export function toChatRequest(json: Json): ChatRequest {
  const body = camelCased(json) ?? {}
  const unmapped = new Set<string>()
  for (const name in body) {
    if (!mapped.has(name) && body[name] !== null && !isEmptyList(body[name])) unmapped.add(name)
  }
  const request = {
    messages: [...toSystemMessages(body.systemInstruction, unmapped), ...toMessages(body.contents, unmapped)],
    ...toToolOptions(body, unmapped),
    ...toOptions(body.generationConfig, unmapped)
  }
  return { ...request, unmapped: [...unmapped] }
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0
