import { spliceJson } from '../../lib/splice-json.ts'
import { budgetOf } from '../shared/reasoning-effort.ts'
import type { ChatCall, ChatRequest } from '../spec/chat.ts'
import type { OutputFormat, ReasoningRequest } from '../spec/chat-options.ts'
import { writeMessages } from './messages.ts'
import { writeTools } from './tools.ts'

/** The bytes to send, and what they leave out of the request, in words. */
export interface RequestBody {
  bytes: Buffer
  warnings: string[]
}

/** Cohere refuses a `p` of 0 and 1, by which clients mean the ends of its range. */
const MIN_P = 0.01
const MAX_P = 0.99

/** The client's own bytes with the model's name set, or the same request written anew. */
export function writeRequest(call: ChatCall, safetyMode: string | undefined): RequestBody {
  if (call.wire?.dialect === 'cohere-chat') {
    return { bytes: spliceJson(call.wire.body, [{ path: ['model'], value: call.model }]), warnings: [] }
  }
  const warnings: string[] = []
  const request = call.request()
  const { messages, documents } = writeMessages(request.messages, warnings)
  const tools = writeTools(request, warnings)
  // Cohere has its own instruction for tools and documents, and takes no other beside them
  const isSafetyOpen = tools.tools === undefined && documents.length === 0
  const body = {
    model: call.model,
    messages,
    ...(documents.length > 0 && { documents }),
    ...tools,
    ...writeParameters(request, call.model, warnings),
    ...(safetyMode && isSafetyOpen && { safety_mode: safetyMode.toUpperCase() }),
    ...(call.stream && { stream: true })
  }
  return { bytes: Buffer.from(JSON.stringify(body)), warnings }
}

function writeParameters(request: ChatRequest, model: string, warnings: string[]) {
  for (const name of request.unmapped) warnings.push(`${name} was dropped`)
  if (request.minP !== undefined) warnings.push('min_p was dropped')
  if (request.logprobs) warnings.push('logprobs was dropped')
  if (request.user !== undefined) warnings.push('user was dropped')
  return {
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    p: writeP(request.topP, warnings),
    k: request.topK,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    seed: request.seed,
    stop_sequences: request.stop,
    response_format: writeFormat(request.output),
    thinking: writeThinking(request.reasoning, model)
  }
}

function writeP(topP: number | undefined, warnings: string[]): number | undefined {
  if (topP === undefined || (topP >= MIN_P && topP <= MAX_P)) return topP
  const p = topP < MIN_P ? MIN_P : MAX_P
  warnings.push(`top_p was sent as ${p}`)
  return p
}

function writeFormat(output: OutputFormat): unknown {
  if (output === 'text') return undefined
  return { type: 'json_object', ...(output !== 'json' && { json_schema: output.schema }) }
}

function writeThinking(reasoning: ReasoningRequest | undefined, model: string): unknown {
  if (!reasoning) return undefined
  const { effort, budgetTokens } = reasoning
  // other models have nothing to turn off, and refuse to be told
  if (effort === 'none') return model.includes('reasoning') ? { type: 'disabled' } : undefined
  const budget = budgetTokens ?? (effort && budgetOf[effort])
  return { type: 'enabled', ...(budget !== undefined && { token_budget: budget }) }
}
