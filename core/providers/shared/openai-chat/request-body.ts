import type { JsonEdit } from '../../../lib/splice-json.ts'
import { spliceLargeJson } from '../../../lib/splice-json.ts'
import type { ChatCall, ChatRequest } from '../../spec/chat.ts'
import type { UpstreamBytes } from '../http.ts'
import { asObject, type JsonObject } from '../json.ts'
import { adaptBody } from './adapt-body.ts'
import type { ChatQuirks } from './vendor.ts'
import { writeMessages } from './write-messages.ts'
import { writeReasoningRequest } from './write-reasoning.ts'
import { writeFormat, writeTool, writeToolChoice } from './write-tools.ts'

/** The bytes to send, and what they leave out of the request, in words. */
export interface RequestBody {
  bytes: UpstreamBytes
  warnings: string[]
}

/**
 * The client's own bytes with the model's name set, or the same request written anew when there are none. Where the vendor
 * would refuse what stands in them, they are written anew too, with every key in its place. `asksForUsage`: of a stream,
 * at its end.
 */
export function writeRequest(call: ChatCall, quirks: ChatQuirks, asksForUsage: boolean): RequestBody {
  const includeUsage = call.stream && asksForUsage
  const warnings = new Set<string>()
  const bytes =
    call.wire?.dialect === 'openai-chat'
      ? rewrite(call, call.wire, quirks, includeUsage, warnings)
      : write(call, quirks, includeUsage, warnings)
  return { bytes, warnings: [...warnings] }
}

/** Whether the client itself asked for the chunk that holds the usage. */
export function wantsUsage(call: ChatCall): boolean {
  return (
    call.wire?.dialect === 'openai-chat' && asObject(call.wire.json.stream_options)?.include_usage === true
  )
}

function rewrite(
  call: ChatCall,
  wire: NonNullable<ChatCall['wire']>,
  quirks: ChatQuirks,
  includeUsage: boolean,
  warnings: Set<string>
): UpstreamBytes {
  const adapted = adaptBody(wire.json, quirks, warnings)
  const source = adapted === wire.json ? wire.body : Buffer.from(JSON.stringify(adapted))
  const edits: JsonEdit[] = [{ path: ['model'], value: call.model }]
  if (includeUsage) edits.push({ path: ['stream_options', 'include_usage'], value: true })
  return spliceLargeJson(source, edits, adapted)
}

function write(call: ChatCall, quirks: ChatQuirks, includeUsage: boolean, warnings: Set<string>): Buffer {
  const body = {
    model: call.model,
    ...writeParameters(call.request(), quirks, warnings),
    ...(call.stream && { stream: true }),
    ...(includeUsage && { stream_options: { include_usage: true } })
  }
  return Buffer.from(JSON.stringify(adaptBody(body, quirks, warnings)))
}

function writeParameters(request: ChatRequest, quirks: ChatQuirks, warnings: Set<string>): JsonObject {
  for (const name of request.unmapped) warnings.add(`${name} was dropped`)
  const { tools, toolChoice, parallelToolCalls, logprobs } = request
  const hasTools = tools !== undefined && tools.length > 0
  return defined({
    messages: writeMessages(request.messages, quirks, warnings),
    tools: hasTools ? tools.map((tool) => writeTool(tool, quirks)) : undefined,
    tool_choice: hasTools && toolChoice !== undefined ? writeToolChoice(toolChoice) : undefined,
    parallel_tool_calls: hasTools ? parallelToolCalls : undefined,
    response_format: writeFormat(request.output),
    ...(request.reasoning && writeReasoningRequest(request.reasoning, quirks, warnings)),
    [quirks.maxTokens]: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_k: request.topK,
    min_p: request.minP,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    seed: request.seed,
    stop: request.stop,
    logprobs: logprobs && true,
    top_logprobs: logprobs && logprobs.top > 0 ? logprobs.top : undefined,
    user: request.user
  })
}

/** Without the members that nobody asked for. */
function defined(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}
