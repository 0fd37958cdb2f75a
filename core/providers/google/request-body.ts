import { HomeportError } from '../../errors/homeport-error.ts'
import { spliceJson } from '../../lib/splice-json.ts'
import type { ChatCall, ChatRequest } from '../spec/chat.ts'
import type { ContentPart } from '../spec/prompt.ts'
import { writeContents } from './contents.ts'
import { isGemini3 } from './generation.ts'
import { modelPath } from './model-path.ts'
import { cleanSchema } from './schema.ts'
import type { ContentTarget } from './target.ts'
import { writeThinking } from './thinking.ts'
import { writeTools } from './tools.ts'

/** The bytes to send, and what they leave out of the request, in words. */
export interface RequestBody {
  bytes: Buffer
  warnings: string[]
}

/** The client's own bytes (the model's name stands in the address), or the same request written anew. */
export function writeRequest(call: ChatCall, filesUrl: string): RequestBody {
  if (call.wire?.dialect === 'google-generate') {
    const { body, json } = call.wire
    const named = json.model !== undefined
    return {
      bytes: named ? spliceJson(body, [{ path: ['model'], value: modelPath(call.model) }]) : body,
      warnings: []
    }
  }
  const warnings: string[] = []
  const json = writeJson(call.request(), { model: call.model, filesUrl }, warnings)
  return { bytes: Buffer.from(JSON.stringify(json)), warnings: [...new Set(warnings)] }
}

/** A request in no dialect as the object of Google's. Throws `bad-request` for what Gemini cannot be asked. */
export function writeJson(request: ChatRequest, target: ContentTarget, warnings: string[]) {
  for (const name of request.unmapped) warnings.push(`${name} was dropped`)
  if (request.minP !== undefined) warnings.push('min_p was dropped')
  if (request.user !== undefined) warnings.push('user was dropped')
  if (request.messages.some(({ content }) => content.some(hasDetail))) warnings.push('detail was dropped')
  return {
    ...writeContents(request.messages, target, warnings),
    ...writeTools(request, warnings),
    generationConfig: writeConfig(request, target.model, warnings)
  }
}

const hasDetail = (part: ContentPart): boolean =>
  part.type === 'image' && part.detail !== undefined && part.detail !== 'auto'

const MAX_STOPS = 5

function writeConfig(request: ChatRequest, model: string, warnings: string[]) {
  const { stop, logprobs, reasoning } = request
  if (stop && stop.length > MAX_STOPS) {
    throw new HomeportError('bad-request', `Gemini takes at most ${MAX_STOPS} stop sequences.`, {
      param: 'stop'
    })
  }
  return {
    maxOutputTokens: request.maxTokens,
    temperature: request.temperature,
    topP: request.topP,
    topK: request.topK,
    frequencyPenalty: request.frequencyPenalty,
    presencePenalty: request.presencePenalty,
    seed: request.seed,
    stopSequences: stop,
    ...(logprobs && { responseLogprobs: true, ...(logprobs.top > 0 && { logprobs: logprobs.top }) }),
    ...writeOutput(request, model, warnings),
    ...(reasoning && { thinkingConfig: writeThinking(reasoning, model, warnings) })
  }
}

function writeOutput({ output, tools = [] }: ChatRequest, model: string, warnings: string[]) {
  if (output === 'text') return {}
  if (tools.length > 0 && !isGemini3(model)) {
    // refused by the models before Gemini 3
    warnings.push('response_format was dropped, as this model cannot combine it with tools')
    return {}
  }
  if (output === 'json') return { responseMimeType: 'application/json' }
  const { schema, dropped } = cleanSchema(output.schema)
  for (const keyword of dropped) warnings.push(`${keyword} was dropped from the schema of the answer`)
  return { responseMimeType: 'application/json', responseJsonSchema: schema }
}
