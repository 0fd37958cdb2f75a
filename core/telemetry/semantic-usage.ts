import type { Usage } from '../contract/usage.ts'
import type { Attributes } from './otlp-span.ts'
import { countOf } from './semantic-attributes.ts'

/**
 * The tokens that a span reports, by OpenTelemetry's conventions (1.41, its predecessors and the names that came after) or
 * OpenInference's. Null where it reports none, or only a sum of both ways.
 */
export function usageOf(attributes: Attributes): Usage | null {
  const input = countOf(
    attributes,
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt'
  )
  const output = countOf(
    attributes,
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion'
  )
  if (input === null && output === null) return null
  return { input: inputOf(attributes, input ?? 0), output: outputOf(attributes, output ?? 0) }
}

function inputOf(attributes: Attributes, reported: number): Usage['input'] {
  const cacheRead =
    countOf(
      attributes,
      'gen_ai.usage.cache_read.input_tokens',
      'gen_ai.usage.cache_read_input_tokens',
      'llm.token_count.prompt_details.cache_read'
    ) ?? 0
  const cacheWrite =
    countOf(
      attributes,
      'gen_ai.usage.cache_creation.input_tokens',
      'gen_ai.usage.cache_write.input_tokens',
      'gen_ai.usage.cache_creation_input_tokens',
      'llm.token_count.prompt_details.cache_write'
    ) ?? 0
  const cached = cacheRead + cacheWrite
  // by both conventions the total has the cache in it; some programs pass on Anthropic's, which has not
  const total = cached > reported ? reported + cached : reported
  const audio = countOf(attributes, 'llm.token_count.prompt_details.audio')
  return {
    total,
    noCache: total - cached,
    cacheRead,
    cacheWrite5m: cacheWrite,
    cacheWrite1h: 0,
    ...(audio && { audio })
  }
}

function outputOf(attributes: Attributes, total: number): Usage['output'] {
  const reported = countOf(
    attributes,
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'llm.token_count.completion_details.reasoning'
  )
  const reasoning = Math.min(reported ?? 0, total)
  const audio = countOf(attributes, 'llm.token_count.completion_details.audio')
  return { total, text: total - reasoning, reasoning, ...(audio && { audio }) }
}
