import type { EndedCall } from './export-call.ts'
import { Double, type PlainAttributes } from './otlp-encode.ts'

/** A longer request would hold the daemon's thread while it is read; most are far shorter. */
const MAX_REQUEST_BYTES = 1024 * 1024
const MAX_ANSWER_CHARS = 256 * 1024
/** How `core/pipeline/trace-texts.ts` writes what was thought before an answer. */
const withReasoning = /^<reasoning>\n([\s\S]*?)\n<\/reasoning>\n\n([\s\S]*)$/

/** Prompt and answer as the conventions' JSON, and what the request asked for. */
export function exportedBodies(
  { requestBody, responseBody, outcome }: Pick<EndedCall, 'requestBody' | 'responseBody' | 'outcome'>,
  { withTexts }: { withTexts: boolean }
): PlainAttributes {
  const request = readRequest(requestBody)
  if (!withTexts) return wishes(request ?? {})
  const instructions = request && partsOf(field(request, ...instructionFields))
  const answer = responseBody === null ? '' : responseBody.toString().slice(0, MAX_ANSWER_CHARS)
  return {
    ...wishes(request ?? {}),
    'gen_ai.input.messages': request && asText(inputMessages(request)),
    'gen_ai.system_instructions': instructions?.length ? asText(instructions) : null,
    'gen_ai.output.messages': answer === '' ? null : asText([outputMessage(answer, outcome?.finish ?? null)])
  }
}

type Json = Readonly<Record<string, unknown>>
interface Message {
  role: string
  parts: Part[]
}
type Part = { type: string } & Record<string, unknown>

const instructionFields = ['system', 'systemInstruction', 'system_instruction', 'instructions'] as const

function readRequest(body: EndedCall['requestBody']): Json | null {
  if (body === null || body.length > MAX_REQUEST_BYTES) return null
  try {
    const json: unknown = JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString())
    return isObject(json) ? json : null
  } catch {
    return null
  }
}

/** What the dialects call the same wishes. Google and Ollama have them in an object of their own. */
function wishes(request: Json): PlainAttributes {
  const places = [request, request.generationConfig, request.options].filter(isObject)
  const find = (...names: string[]): unknown =>
    places.map((place) => field(place, ...names)).find((value) => value !== undefined)
  const int = (value: unknown) => (Number.isSafeInteger(value) ? Number(value) : null)
  const double = (value: unknown) => (typeof value === 'number' ? new Double(value) : null)
  const stop = find('stop', 'stop_sequences', 'stopSequences', 'stopSequence')
  const stops = [stop].flat().filter((word) => typeof word === 'string')
  return {
    'gen_ai.request.max_tokens': int(
      find('max_completion_tokens', 'max_output_tokens', 'max_tokens', 'maxOutputTokens', 'num_predict')
    ),
    'gen_ai.request.temperature': double(find('temperature')),
    'gen_ai.request.top_p': double(find('top_p', 'topP')),
    'gen_ai.request.top_k': double(find('top_k', 'topK')),
    'gen_ai.request.seed': int(find('seed')),
    'gen_ai.request.stop_sequences': stops.length > 0 ? stops : null
  }
}

/** The conversation of any dialect, read loosely. */
function inputMessages(request: Json): Message[] {
  const said = field(request, 'messages', 'contents', 'input', 'prompt')
  return (Array.isArray(said) ? said : [said]).flatMap((message) => messageOf(message) ?? [])
}

function messageOf(message: unknown): Message | null {
  if (typeof message === 'string') return { role: 'user', parts: partsOf(message) }
  if (!isObject(message)) return null
  const { role, content, parts, tool_calls: calls, tool_call_id: answered } = message
  // items of the Responses API that have no role: a call of a tool, or what it gave back
  if (typeof role !== 'string') {
    const part = partOf(message)
    return { role: part.type === 'tool_call_response' ? 'tool' : 'assistant', parts: [part] }
  }
  if (role === 'tool' && !Array.isArray(content))
    return { role, parts: [{ type: 'tool_call_response', id: answered ?? null, response: content }] }
  const called = Array.isArray(calls) ? calls.map(partOf) : []
  return { role: role === 'model' ? 'assistant' : role, parts: [...partsOf(content ?? parts), ...called] }
}

function partsOf(value: unknown): Part[] {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.map(partOf)
  if (isObject(value) && Array.isArray(value.parts)) return value.parts.map(partOf)
  return [partOf(value)]
}

/** A piece of a message. Of pictures, sound and files only the kind is said. */
function partOf(part: unknown): Part {
  if (typeof part === 'string') return { type: 'text', content: part }
  if (!isObject(part)) return { type: 'unknown' }
  const type = typeof part.type === 'string' ? part.type : (Object.keys(part)[0] ?? 'unknown')
  const thought = field(part, 'thinking', 'reasoning') ?? (part.thought === true ? part.text : undefined)
  if (typeof thought === 'string') return { type: 'reasoning', content: thought }
  if (typeof part.text === 'string') return { type: type === 'reasoning' ? type : 'text', content: part.text }
  // OpenAI and Google keep a call within an object of its own
  const call = [part.function, part.functionCall].find(isObject) ?? part
  const id = field(part, 'call_id', 'tool_use_id', 'callId', 'id') ?? field(call, 'id') ?? null
  if (typeof call.name === 'string' && !/result|response/i.test(type))
    return {
      type: 'tool_call',
      id,
      name: call.name,
      arguments: field(call, 'arguments', 'input', 'args') ?? null
    }
  const answer = isObject(part.functionResponse) ? part.functionResponse : part
  const response = field(answer, 'output', 'response', 'content')
  return response === undefined ? { type } : { type: 'tool_call_response', id, response }
}

function outputMessage(answer: string, finish: string | null): Message & { finish_reason?: string } {
  const [, reasoning, text = answer] = withReasoning.exec(answer) ?? []
  const thought = reasoning === undefined ? [] : [{ type: 'reasoning', content: reasoning }]
  const parts = text === '' ? thought : [...thought, { type: 'text', content: text }]
  return { role: 'assistant', parts, ...(finish !== null && { finish_reason: finish }) }
}

/** Null for what is nested deeper than can be written. */
function asText(json: unknown): string | null {
  try {
    return JSON.stringify(json)
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first of these fields that there is. */
const field = (of: Json, ...names: readonly string[]): unknown =>
  names.map((name) => of[name]).find((value) => value !== undefined && value !== null)
