import type { ChatRequest } from '../../../providers/spec/chat.ts'
import type { OutputFormat, ReasoningRequest } from '../../../providers/spec/chat-options.ts'
import { badParameter, isRecord, type Json } from '../json-fields.ts'
import { toJsonSchema } from './json-schema.ts'
import { camelCased, textOf } from './spelling.ts'

const numbers = [
  ['maxTokens', 'maxOutputTokens'],
  ['temperature', 'temperature'],
  ['topP', 'topP'],
  ['topK', 'topK'],
  ['seed', 'seed'],
  ['frequencyPenalty', 'frequencyPenalty'],
  ['presencePenalty', 'presencePenalty']
] as const

/** Members that are mapped below. */
const mapped: ReadonlySet<string> = new Set([
  ...numbers.map(([, theirs]) => theirs),
  'stopSequences',
  'responseLogprobs',
  'logprobs',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  '_responseJsonSchema',
  'thinkingConfig'
])

/** `generationConfig`, whose numbers were checked already. Names of what has no place go into `unmapped`. */
export function toOptions(value: unknown, unmapped: Set<string>): Omit<ChatRequest, 'messages' | 'unmapped'> {
  const config = camelCased(value) ?? {}
  for (const name in config) {
    if (!mapped.has(name) && !isUsual(name, config[name])) unmapped.add(`generationConfig.${name}`)
  }
  const reasoning = toReasoning(camelCased(config.thinkingConfig))
  const stop = toStop(config.stopSequences)
  const options: Omit<ChatRequest, 'messages' | 'unmapped'> = {
    output: toOutput(config, unmapped),
    ...(stop.length > 0 && { stop }),
    ...(reasoning && { reasoning })
  }
  for (const [ours, theirs] of numbers) {
    const value = config[theirs]
    if (typeof value === 'number') options[ours] = value
  }
  if (config.responseLogprobs === true) {
    options.logprobs = { top: typeof config.logprobs === 'number' ? config.logprobs : 0 }
  }
  return options
}

/** Set to what everybody gets, or to nothing. */
function isUsual(name: string, value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (name === 'candidateCount') return value === 1
  return (
    name === 'responseModalities' && Array.isArray(value) && value.every((modality) => modality === 'TEXT')
  )
}

function toStop(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || !value.every((text) => typeof text === 'string' && text !== '')) {
    throw badParameter('stopSequences', 'must be a list of texts that are not empty')
  }
  return value
}

const efforts = { MINIMAL: 'minimal', LOW: 'low', MEDIUM: 'medium', HIGH: 'high' } as const

/** A budget of 0 turns thinking off, -1 leaves it to the model. */
function toReasoning(thinking: Json | null): ReasoningRequest | null {
  if (!thinking) return null
  const level = textOf(thinking.thinkingLevel)?.toUpperCase() ?? ''
  const effort = Object.entries(efforts).find(([name]) => name === level)?.[1]
  const budget = typeof thinking.thinkingBudget === 'number' ? thinking.thinkingBudget : -1
  return {
    ...(effort && { effort }),
    ...(budget === 0 && { effort: 'none' as const }),
    ...(budget > 0 && { budgetTokens: budget }),
    show: thinking.includeThoughts === true
  }
}

function toOutput(config: Json, unmapped: Set<string>): OutputFormat {
  const type = textOf(config.responseMimeType) ?? 'text/plain'
  if (type === 'text/plain') return 'text'
  if (type !== 'application/json') {
    unmapped.add('generationConfig.responseMimeType')
    return 'text'
  }
  const schema = config.responseJsonSchema ?? config._responseJsonSchema
  if (isRecord(schema)) return { name: 'answer', schema }
  const { responseSchema } = config
  return isRecord(responseSchema) ? { name: 'answer', schema: toJsonSchema(responseSchema) } : 'json'
}
