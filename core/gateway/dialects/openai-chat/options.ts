import type { OutputFormat } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'

/** Parameters that have a neutral place, or that the route acts on itself. */
const mapped: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'stop',
  'user',
  'logprobs',
  'top_logprobs',
  'response_format',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'functions',
  'function_call',
  'reasoning_effort',
  'reasoning',
  'thinking',
  'enable_thinking',
  'thinking_budget',
  'include_reasoning',
  // they change what an answer costs, never what it says
  'prompt_cache_key',
  'prompt_cache_retention'
])

/** What asks for nothing, since it is what everybody gets. */
const defaults: Readonly<Record<string, unknown>> = {
  n: 1,
  store: false,
  service_tier: 'auto',
  verbosity: 'medium'
}

/** The parameters of a body that have no neutral place, by their wire names. */
export function unmappedParameters(body: Json): string[] {
  return Object.keys(body).filter((name) => !mapped.has(name) && asksForSomething(name, body[name]))
}

function asksForSomething(name: string, value: unknown): boolean {
  if (value === null || (Object.hasOwn(defaults, name) && defaults[name] === value)) return false
  if (name === 'modalities') return !(Array.isArray(value) && value.every((each) => each === 'text'))
  return !(name === 'logit_bias' && isRecord(value) && Object.keys(value).length === 0)
}

/** Throws `bad-request`. */
export function readStop(stop: unknown): string[] | null {
  if (stop === undefined || stop === null) return null
  const list: unknown[] = Array.isArray(stop) ? stop : [stop]
  if (list.length > 16) throw badParameter('stop', 'must have at most 16 entries')
  return list.map((text) => {
    if (typeof text !== 'string' || text === '')
      throw badParameter('stop', 'must hold texts that are not empty')
    return text
  })
}

/** Throws `bad-request`. */
export function readFormat(format: unknown): OutputFormat {
  if (format === undefined || format === null) return 'text'
  const type = isRecord(format) ? format.type : null
  if (type === 'text') return 'text'
  if (type === 'json_object') return 'json'
  const definition = isRecord(format) && type === 'json_schema' ? format.json_schema : null
  if (!isRecord(definition) || !isRecord(definition.schema)) {
    throw badParameter('response_format', 'must be text, json_object, or json_schema with a schema')
  }
  const { name, schema, description, strict } = definition
  return {
    name: typeof name === 'string' ? name : 'answer',
    schema,
    ...(typeof description === 'string' && { description }),
    ...(typeof strict === 'boolean' && { strict })
  }
}

export function readLogprobs({ logprobs, top_logprobs: top }: Json): { top: number } | null {
  return logprobs === true ? { top: typeof top === 'number' ? top : 0 } : null
}
