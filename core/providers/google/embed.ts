import type { Usage } from '../../contract/usage.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asArray, asObject } from '../shared/json.ts'
import type { EmbedAnswer, EmbedCall } from '../spec/operations.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { readObject, sendRequest } from './client.ts'
import { methodUrl, modelPath } from './model-path.ts'
import { readUsage } from './usage.ts'

/** Google takes no more in one request. */
const BATCH_SIZE = 100
const taskTypes = { query: 'RETRIEVAL_QUERY', document: 'RETRIEVAL_DOCUMENT' } as const

/** Vectors by `batchEmbedContents`, batch after batch. Source: https://ai.google.dev/api/embeddings */
export async function embed(
  config: ProviderConfig,
  http: UpstreamHttp,
  call: EmbedCall
): Promise<EmbedAnswer> {
  const url = methodUrl(config.baseUrl, call.model, 'batchEmbedContents')
  const vectors: number[][] = []
  let usage: Usage | null = null
  for (let from = 0; from < call.inputs.length; from += BATCH_SIZE) {
    const inputs = call.inputs.slice(from, from + BATCH_SIZE)
    const body = writeBatch(inputs, call)
    const { body: read } = await readObject(
      await sendRequest(config, http, { url, body, signal: call.signal })
    )
    const batch = asArray(read.embeddings).map((item) => asArray(asObject(item)?.values).map(Number))
    if (batch.length !== inputs.length || batch.some((vector) => vector.length === 0)) {
      throw new HomeportError('upstream-failed', `${url.host} did not embed every text.`)
    }
    vectors.push(...batch)
    usage = sum(usage, readUsage(read.usageMetadata))
  }
  return { vectors, usage, servedModel: null, warnings: [] }
}

function writeBatch(inputs: readonly string[], { model, dimensions, purpose }: EmbedCall): Buffer {
  const requests = inputs.map((text) => ({
    model: modelPath(model),
    content: { parts: [{ text }] },
    taskType: purpose && taskTypes[purpose],
    outputDimensionality: dimensions
  }))
  return Buffer.from(JSON.stringify({ requests }))
}

function sum(a: Usage | null, b: Usage | null): Usage | null {
  if (!a || !b) return a ?? b
  return {
    input: {
      total: a.input.total + b.input.total,
      noCache: a.input.noCache + b.input.noCache,
      cacheRead: a.input.cacheRead + b.input.cacheRead,
      cacheWrite5m: 0,
      cacheWrite1h: 0
    },
    output: { total: 0, text: 0, reasoning: 0 }
  }
}
