import { spliceLargeJson } from '../../../lib/splice-json.ts'
import type { ChatCall, ChatRequest } from '../../spec/chat.ts'
import type { ChatTool, OutputFormat, ToolChoice } from '../../spec/chat-options.ts'
import type { UpstreamBytes } from '../http.ts'
import { effortOf } from '../reasoning-effort.ts'
import { modelFamily, refusesSampling } from './model-family.ts'
import type { WireItem } from './write-content.ts'
import { writeInput } from './write-input.ts'

/** The bytes to send, and what they leave out of the request, in words. */
export interface ResponsesBody {
  bytes: UpstreamBytes
  warnings: string[]
}

export interface RequestStyle {
  /** What the vendor calls the model: on Azure, its deployment. */
  name: string
  /** Ask for reasoning in the form that can be handed back; models that do not think refuse the wish. */
  encryptedReasoning: boolean
}

/** The least that `max_output_tokens` may be. */
const LEAST_OUTPUT_TOKENS = 16

/** The client's own bytes with the model's name set, or the request written in the dialect of the Responses API. */
export function writeRequest(call: ChatCall, style: RequestStyle): ResponsesBody {
  if (call.wire?.dialect === 'openai-responses') {
    return { bytes: spliceLargeJson(call.wire.body, [{ path: ['model'], value: style.name }]), warnings: [] }
  }
  const warnings: string[] = []
  const request = call.request()
  const body = {
    model: style.name,
    ...writePrompt(request, call.model, warnings),
    ...writeParameters(request, call.model, warnings),
    // the conversation stays on this machine; what the model thought comes back with it
    store: false,
    ...writeInclude(request, call.model, style),
    ...(call.stream && { stream: true })
  }
  return { bytes: Buffer.from(JSON.stringify(body)), warnings }
}

/** What counts as input: the members that `/responses/input_tokens` takes too. */
export function writePrompt(request: ChatRequest, model: string, warnings: string[]): WireItem {
  return {
    input: writeInput(request.messages, warnings),
    tools: request.tools?.map(writeTool),
    tool_choice: request.toolChoice && writeToolChoice(request.toolChoice),
    parallel_tool_calls: request.parallelToolCalls,
    reasoning: writeReasoning(request, model, warnings),
    text: writeFormat(request.output)
  }
}

function writeParameters(request: ChatRequest, model: string, warnings: string[]): WireItem {
  const isSampled = !refusesSampling(model, request.reasoning)
  const dropped: Record<string, unknown> = {
    top_k: request.topK,
    min_p: request.minP,
    frequency_penalty: request.frequencyPenalty,
    presence_penalty: request.presencePenalty,
    seed: request.seed,
    stop: request.stop,
    ...(!isSampled && {
      temperature: request.temperature,
      top_p: request.topP,
      logprobs: request.logprobs
    })
  }
  for (const name of request.unmapped) warnings.push(`${name} was dropped`)
  for (const name in dropped) if (dropped[name] !== undefined) warnings.push(`${name} was dropped`)
  return {
    max_output_tokens: writeMaxTokens(request.maxTokens, warnings),
    ...(isSampled && {
      temperature: request.temperature,
      top_p: request.topP,
      top_logprobs: request.logprobs?.top
    }),
    user: request.user
  }
}

function writeMaxTokens(maxTokens: number | undefined, warnings: string[]): number | undefined {
  if (maxTokens === undefined || maxTokens >= LEAST_OUTPUT_TOKENS) return maxTokens
  warnings.push(`max_tokens was raised to ${LEAST_OUTPUT_TOKENS}, the least that OpenAI takes`)
  return LEAST_OUTPUT_TOKENS
}

function writeInclude(request: ChatRequest, model: string, { encryptedReasoning }: RequestStyle): WireItem {
  const include = [
    ...(encryptedReasoning && modelFamily(model) !== 'plain' ? ['reasoning.encrypted_content'] : []),
    ...(request.logprobs && !refusesSampling(model, request.reasoning)
      ? ['message.output_text.logprobs']
      : [])
  ]
  return include.length === 0 ? {} : { include }
}

function writeReasoning({ reasoning }: ChatRequest, model: string, warnings: string[]): WireItem | undefined {
  if (!reasoning) return undefined
  const effort = effortOf(reasoning)
  if (modelFamily(model) === 'plain') {
    if (effort !== 'none') warnings.push('reasoning was dropped')
    return undefined
  }
  return { effort, ...(reasoning.show && effort !== 'none' && { summary: 'auto' }) }
}

function writeTool({ name, description, parameters, strict }: ChatTool): WireItem {
  return {
    type: 'function',
    name,
    description,
    parameters: parameters ?? { type: 'object', properties: {} },
    // absent would mean true, and refuse schemas that were not written for it
    strict: strict ?? false
  }
}

const writeToolChoice = (choice: ToolChoice): unknown =>
  typeof choice === 'string' ? choice : { type: 'function', name: choice.name }

function writeFormat(output: OutputFormat): WireItem | undefined {
  if (output === 'text') return undefined
  if (output === 'json') return { format: { type: 'json_object' } }
  const { name, schema, description, strict } = output
  return { format: { type: 'json_schema', name, schema, description, strict } }
}
