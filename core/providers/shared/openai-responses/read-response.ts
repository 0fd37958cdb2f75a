import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatEvent, ChatPart, FinishReason } from '../../spec/chat.ts'
import { asObject, asText, type JsonObject, parseJson } from '../json.ts'
import { reportedError } from '../upstream-error.ts'
import { readCall, readImage, readMessage, readSignature, reasoningText } from './read-item.ts'
import { readUsage } from './usage.ts'

/** The one event of a plain answer. Throws `upstream-failed` for a body that is no response, and for one that failed. */
export function readResponse(text: string, host: string, key: string | null): ChatEvent {
  const body = asObject(parseJson(text))
  if (body?.error) throw reportedError(host, body, key)
  if (!body || !Array.isArray(body.output)) {
    throw new HomeportError('upstream-failed', `${host} answered with something that is no response.`)
  }
  const parts: ChatPart[] = []
  const model = asText(body.model)
  if (model !== null) parts.push({ type: 'served-model', model })
  let calls = 0
  for (const item of body.output) {
    const object = asObject(item)
    if (object) calls += readItem(object, calls, parts)
  }
  parts.push({ type: 'finish', reason: readFinish(body, calls > 0) })
  const usage = readUsage(body)
  if (usage) parts.push({ type: 'usage', usage })
  return { parts, wire: text }
}

/** How many calls it was: one or none. */
function readItem(item: JsonObject, index: number, parts: ChatPart[]): number {
  const call = readCall(item)
  if (call) {
    parts.push({ type: 'tool-call-start', index, id: call.id, name: call.name })
    if (call.arguments !== '') parts.push({ type: 'tool-call-delta', index, arguments: call.arguments })
    return 1
  }
  if (item.type === 'message') parts.push(...readMessage(item))
  else if (item.type === 'reasoning') {
    const text = reasoningText(item)
    if (text !== '') parts.push({ type: 'reasoning-delta', text })
    parts.push(...readSignature(item, text !== ''))
  } else parts.push(...readImage(item))
  return 0
}

/** Why a whole response ended. */
export function readFinish(response: JsonObject, calledTools: boolean): FinishReason {
  if (response.status === 'incomplete') {
    const reason = asObject(response.incomplete_details)?.reason
    if (reason === 'max_output_tokens') return 'length'
    return reason === 'content_filter' ? 'content-filter' : 'other'
  }
  return calledTools ? 'tool-calls' : 'stop'
}
