import { asArray, asObject, type JsonObject } from '../shared/json.ts'
import type { ChatPart } from '../spec/chat.ts'
import { notCohere } from './client.ts'
import { readContent, readEnding, readToolCall, readToolPlan, type Source } from './read-parts.ts'

/** What a plain answer means. Throws `upstream-failed` for a body that is none. */
export function readAnswer(body: JsonObject, source: Source): ChatPart[] {
  const message = asObject(body.message)
  if (!message) throw notCohere(source.host)
  return [
    ...asArray(message.content).flatMap(readContent),
    ...readToolPlan(message),
    ...asArray(message.tool_calls).flatMap(readToolCall),
    ...readEnding(body, source)
  ]
}
