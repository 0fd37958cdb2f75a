import { HomeportError } from '../../errors/homeport-error.ts'
import { newId } from '../../lib/ids.ts'
import { asArray, asObject, asText, type JsonObject } from '../shared/json.ts'
import { reportedError } from '../shared/upstream-error.ts'
import type { ChatPart } from '../spec/chat.ts'
import { isFailure, readFinishReason } from './finish-reason.ts'
import { readUsage } from './usage.ts'

/** Who answered, for the words of an error. */
export interface Source {
  host: string
  key: string | null
}

/** One block of an answer, or a piece of one: `{text}` or `{thinking}`. */
export function readContent(value: unknown): ChatPart[] {
  const content = asObject(value)
  const thinking = asText(content?.thinking)
  if (thinking !== null) return [{ type: 'reasoning-delta', text: thinking }]
  const text = asText(content?.text)
  return text === null ? [] : [{ type: 'text-delta', text }]
}

/** What the model says it will do before it calls tools: it thinks aloud. */
export function readToolPlan(message: JsonObject | null): ChatPart[] {
  const text = asText(message?.tool_plan)
  return text === null ? [] : [{ type: 'reasoning-delta', text }]
}

/** The beginning of a tool call, with as much of its arguments as is there. */
export function readToolCall(value: unknown, index: number): ChatPart[] {
  const call = asObject(value)
  const name = asText(asObject(call?.function)?.name) ?? ''
  const id = asText(call?.id) ?? newId()
  return [{ type: 'tool-call-start', index, id, name }, ...readArguments(value, index)]
}

export function readArguments(value: unknown, index: number): ChatPart[] {
  const text = asText(asObject(asObject(value)?.function)?.arguments)
  // so Cohere writes that a tool takes no arguments
  if (text === null || text === 'null') return []
  return [{ type: 'tool-call-delta', index, arguments: text }]
}

/** What ends an answer: `{finish_reason, usage}`. Throws `upstream-failed` when it ended in an error. */
export function readEnding(ending: JsonObject, { host, key }: Source): ChatPart[] {
  if (isFailure(ending.finish_reason)) {
    const words = asText(ending.error)
    if (words !== null) throw reportedError(host, { message: words }, key)
    throw new HomeportError('upstream-failed', `${host} could not complete its answer.`, { retryable: true })
  }
  const parts: ChatPart[] = [{ type: 'finish', reason: readFinishReason(ending.finish_reason) }]
  const usage = readUsage(ending.usage)
  if (usage) parts.push({ type: 'usage', usage })
  return parts
}

/** Lists of the wire, where some gateways send a single object. */
export const asList = (value: unknown): readonly unknown[] =>
  asObject(value) === null ? asArray(value) : [value]
