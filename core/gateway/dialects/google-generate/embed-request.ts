import type { EmbedCall } from '../../../providers/spec/operations.ts'
import { badParameter, checkNumbers, type Json, whole } from '../json-fields.ts'
import { camelCased, listOf } from './spelling.ts'

export interface EmbedParameters extends Pick<EmbedCall, 'inputs' | 'purpose'> {
  dimensions: number | null
  /** What has no place above, by its wire name. */
  unmapped: string[]
}

const maxInputs = 2048
const ranges = { outputDimensionality: whole(1, 65_536) }
const known: ReadonlySet<string> = new Set(['model', 'content', 'outputDimensionality'])
const purposes: ReadonlyMap<unknown, EmbedCall['purpose']> = new Map([
  ['RETRIEVAL_QUERY', 'query'],
  ['QUESTION_ANSWERING', 'query'],
  ['FACT_VERIFICATION', 'query'],
  ['CODE_RETRIEVAL_QUERY', 'query'],
  ['RETRIEVAL_DOCUMENT', 'document']
])

/** The requests of `batchEmbedContents`, or the one of `embedContent`, as one call. Throws `bad-request`. */
export function readEmbedRequests(values: readonly unknown[]): EmbedParameters {
  if (values.length === 0 || values.length > maxInputs) {
    throw badParameter('requests', `must have 1 to ${maxInputs} entries`)
  }
  const requests = values.map((value) => camelCased(value) ?? {})
  const unmapped = new Set<string>()
  const inputs = requests.map((request) => {
    checkNumbers(request, ranges)
    return toText(request)
  })
  const purpose = purposes.get(common(requests, 'taskType'))
  const dimensions = common(requests, 'outputDimensionality')
  for (const request of requests) {
    for (const name in request) {
      if (!known.has(name) && !(name === 'taskType' && purpose !== undefined)) unmapped.add(name)
    }
  }
  return {
    inputs,
    dimensions: typeof dimensions === 'number' ? dimensions : null,
    ...(purpose && { purpose }),
    unmapped: [...unmapped]
  }
}

function toText({ content }: Json): string {
  const parts = listOf(camelCased(content)?.parts).map((part) => camelCased(part)?.text)
  const text = parts.join('\n')
  if (text === '' || !parts.every((part) => typeof part === 'string')) {
    throw badParameter('content', 'must hold text, and nothing else can be embedded')
  }
  return text
}

/** What all requests of a batch say alike: one call has it once. */
function common(requests: readonly Json[], name: string): unknown {
  const value = requests[0]?.[name]
  if (requests.some((request) => request[name] !== value)) {
    throw badParameter(name, 'must be the same for every text of a batch')
  }
  return value
}
