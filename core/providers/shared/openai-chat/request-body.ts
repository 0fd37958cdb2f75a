import type { ChatCall, ChatRequest } from '../../spec/chat.ts'
import type { OutputFormat } from '../../spec/chat-options.ts'
import type { ContentPart } from '../../spec/prompt.ts'
import { asObject } from '../json.ts'
import type { JsonEdit } from '../splice-json.ts'
import { spliceJson } from '../splice-json.ts'

/** The bytes to send, and what they leave out of the request, in words. */
export interface RequestBody {
  bytes: Buffer
  warnings: string[]
}

export interface RequestStyle {
  /** Ask for usage at the end of a stream. */
  includeUsage: boolean
  /** OpenAI itself: refuses `max_tokens` for its newer models, and parameters it does not know. */
  strict: boolean
}

/** The client's own bytes with the model's name set, or the same request written anew when there are none. */
export function writeRequest(call: ChatCall, style: RequestStyle): RequestBody {
  const includeUsage = call.stream && style.includeUsage
  if (call.wire?.dialect === 'openai-chat') {
    const edits: JsonEdit[] = [{ path: ['model'], value: call.model }]
    if (includeUsage) edits.push({ path: ['stream_options', 'include_usage'], value: true })
    return { bytes: spliceJson(call.wire.body, edits), warnings: [] }
  }
  const warnings: string[] = []
  const body = {
    model: call.model,
    ...writeParameters(call.request(), style, warnings),
    ...(call.stream && { stream: true }),
    ...(includeUsage && { stream_options: { include_usage: true } })
  }
  return { bytes: Buffer.from(JSON.stringify(body)), warnings }
}

/** Whether the client itself asked for the chunk that holds the usage. */
export function wantsUsage(call: ChatCall): boolean {
  return asObject(call.wire?.json.stream_options)?.include_usage === true
}

function writeParameters(request: ChatRequest, { strict }: RequestStyle, warnings: string[]) {
  for (const name of request.unmapped) warnings.push(`${name} was dropped`)
  if (strict && request.topK !== undefined) warnings.push('top_k was dropped')
  if (strict && request.minP !== undefined) warnings.push('min_p was dropped')
  return {
    messages: request.messages.map(({ role, content }) => ({ role, content: writeText(content, warnings) })),
    [strict ? 'max_completion_tokens' : 'max_tokens']: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_k: strict ? undefined : request.topK,
    min_p: strict ? undefined : request.minP,
    seed: request.seed,
    stop: request.stop,
    response_format: writeFormat(request.output)
  }
}

function writeText(content: readonly ContentPart[], warnings: string[]): string {
  return content
    .map((part) => {
      if (part.type === 'text') return part.text
      warnings.push(
        `message content of type ${part.type === 'unsupported' ? part.kind : part.type} was dropped`
      )
      return ''
    })
    .join('')
}

function writeFormat(output: OutputFormat): unknown {
  if (output === 'text') return undefined
  if (output === 'json') return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: output.name, schema: output.schema, strict: true } }
}
