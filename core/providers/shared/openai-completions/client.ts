import { type JsonEdit, spliceJson } from '../../../lib/splice-json.ts'
import type { ChatAnswer, ChatCall, WireRequest } from '../../spec/chat.ts'
import { asObject } from '../json.ts'
import type { VendorClient } from '../openai-chat/client.ts'
import { usefulHeaders } from '../openai-chat/headers.ts'
import { readPlainAnswer } from '../plain-answer.ts'
import { readSseAnswer } from '../sse-answer.ts'
import { readTextCompletion, TextCompletionReader } from './read-completion.ts'

/** The models that still complete a text instead of answering a chat. */
const completesText = /(^|\/)(gpt-3\.5-turbo-instruct|gpt-35-turbo-instruct|davinci-002|babbage-002)/

/** The request, where it can be handed to a model's own `/completions`. */
export function textCompletionWire({ wire, model }: ChatCall): WireRequest | null {
  return wire?.dialect === 'openai-completions' && completesText.test(model) ? wire : null
}

/** Hands a text completion on to a vendor that has them. */
export async function completeText(
  vendor: VendorClient,
  { model, stream, signal }: ChatCall,
  wire: WireRequest
): Promise<ChatAnswer> {
  const edits: JsonEdit[] = [{ path: ['model'], value: model }]
  if (stream) edits.push({ path: ['stream_options', 'include_usage'], value: true })
  const reply = await vendor.post({
    operation: 'completions',
    model,
    body: spliceJson(wire.body, edits, wire.json),
    accept: stream ? 'text/event-stream' : 'application/json',
    signal
  })
  const { response, host, key } = reply
  const wantsUsage = asObject(wire.json.stream_options)?.include_usage === true
  return {
    wireDialect: 'openai-completions',
    headers: usefulHeaders(response.headers),
    warnings: [],
    events: stream
      ? readSseAnswer(reply, new TextCompletionReader(host, key, wantsUsage))
      : readPlainAnswer(reply, readTextCompletion)
  }
}
