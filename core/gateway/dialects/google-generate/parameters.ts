import type { ChatParameters } from '../chat-dialect.ts'
import {
  badParameter,
  checkNumbers,
  int32,
  isRecord,
  type Json,
  type NumberRange,
  real,
  whole
} from '../json-fields.ts'
import { camelCased } from './spelling.ts'

/**
 * Numbers of `generationConfig` as Google's reference bounds them, and as native engines can bear them. Checked whoever
 * serves the call: refused, never clamped.
 */
const ranges: Readonly<Record<string, NumberRange>> = {
  temperature: real(0, 2),
  topP: real(0, 1),
  topK: whole(0, int32),
  maxOutputTokens: whole(1, int32),
  candidateCount: whole(1, 8),
  frequencyPenalty: real(-2, 2),
  presencePenalty: real(-2, 2),
  seed: whole(-int32 - 1, int32),
  logprobs: whole(0, 20)
}
const thinkingRanges: Readonly<Record<string, NumberRange>> = { thinkingBudget: whole(-1, int32) }

/**
 * Checks the body of a request to generate content as far as no upstream should have to; the model's name and whether to
 * stream stand in the address. Throws `bad-request`.
 */
export function readParameters(body: Json, parameters: ChatParameters): ChatParameters {
  const { contents, generationConfig } = camelCased(body) ?? {}
  checkContents(contents)
  if (generationConfig !== undefined && generationConfig !== null) {
    const config = camelCased(generationConfig)
    if (!config) throw badParameter('generationConfig', 'must be an object')
    checkNumbers(config, ranges)
    checkNumbers(camelCased(config.thinkingConfig) ?? {}, thinkingRanges)
  }
  return parameters
}

function checkContents(contents: unknown): void {
  const list = Array.isArray(contents) ? contents : [contents]
  if (list.length === 0 || !list.every(isRecord)) {
    throw badParameter('contents', 'must be a list with at least one content')
  }
  for (const [index, { parts }] of list.entries()) {
    if (!Array.isArray(parts) && !isRecord(parts) && parts !== undefined) {
      throw badParameter(`contents[${index}].parts`, 'must be a list of parts')
    }
  }
}
