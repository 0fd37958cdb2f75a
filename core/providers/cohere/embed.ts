import type { Usage } from '../../contract/usage.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asArray, asObject } from '../shared/json.ts'
import type { EmbedAnswer, EmbedCall } from '../spec/operations.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { notCohere, readObject, sendRequest } from './client.ts'
import { readUsage } from './usage.ts'

/** Cohere takes no more in one request. */
const MAX_TEXTS = 96

/** Asks for vectors, in as many requests as it takes. Format: https://docs.cohere.com/reference/embed */
export async function embed(
  config: ProviderConfig,
  http: UpstreamHttp,
  call: EmbedCall
): Promise<EmbedAnswer> {
  const vectors: number[][] = []
  let usage: Usage | null = null
  for (let from = 0; from < call.inputs.length; from += MAX_TEXTS) {
    const texts = call.inputs.slice(from, from + MAX_TEXTS)
    const answer = await embedSome(config, http, { ...call, inputs: texts })
    vectors.push(...answer.vectors)
    usage = sum(usage, answer.usage)
  }
  return { vectors, usage, servedModel: null, warnings: [] }
}

async function embedSome(config: ProviderConfig, http: UpstreamHttp, call: EmbedCall) {
  const { model, inputs, dimensions, purpose, signal } = call
  const body = {
    model,
    texts: inputs,
    // its models must be told; most of what is embedded is there to be found
    input_type: purpose === 'query' ? 'search_query' : 'search_document',
    embedding_types: ['float'],
    ...(dimensions !== undefined && { output_dimension: dimensions })
  }
  const answer = await sendRequest(config, http, {
    path: '/v2/embed',
    body: Buffer.from(JSON.stringify(body)),
    signal
  })
  const read = (await readObject(answer)).body
  const vectors = asArray(asObject(read.embeddings)?.float).map(asArray).filter(isVector)
  if (vectors.length !== inputs.length) throw notCohere(answer.host)
  return { vectors, usage: readUsage(read.meta) }
}

const isVector = (vector: readonly unknown[]): vector is number[] =>
  vector.length > 0 && vector.every((value) => typeof value === 'number' && Number.isFinite(value))

function sum(one: Usage | null, other: Usage | null): Usage | null {
  if (!one || !other) return one ?? other
  const total = one.input.total + other.input.total
  return { ...one, input: { ...one.input, total, noCache: total } }
}
