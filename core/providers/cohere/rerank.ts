import type { UpstreamHttp } from '../shared/http.ts'
import { asArray, asCount, asObject } from '../shared/json.ts'
import type { RerankAnswer, RerankCall } from '../spec/operations.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { notCohere, readObject, sendRequest } from './client.ts'
import { readUsage } from './usage.ts'

/** Asks for a ranking, which is billed by searches and not by tokens. Format: https://docs.cohere.com/reference/rerank */
export async function rerank(
  config: ProviderConfig,
  http: UpstreamHttp,
  { model, query, documents, topN, signal }: RerankCall
): Promise<RerankAnswer> {
  const body = { model, query, documents, ...(topN !== undefined && { top_n: topN }) }
  const answer = await sendRequest(config, http, {
    path: '/v2/rerank',
    body: Buffer.from(JSON.stringify(body)),
    signal
  })
  const read = (await readObject(answer)).body
  if (!Array.isArray(read.results)) throw notCohere(answer.host)
  const results = asArray(read.results).flatMap((item) => {
    const { index, relevance_score: score } = asObject(item) ?? {}
    const place = asCount(index)
    const isKnown = place !== null && place < documents.length && typeof score === 'number'
    return isKnown ? [{ index: place, score }] : []
  })
  return { results: results.sort((a, b) => b.score - a.score), usage: readUsage(read.meta), warnings: [] }
}
