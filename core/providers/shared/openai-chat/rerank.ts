import { HomeportError } from '../../../errors/homeport-error.ts'
import type { RerankAnswer, RerankCall } from '../../spec/operations.ts'
import { asArray, asCount, asObject } from '../json.ts'
import { readJson } from '../upstream-call.ts'
import { reportedError } from '../upstream-error.ts'
import type { VendorClient } from './client.ts'
import { readUsage } from './usage.ts'

/** Asks `/rerank`, in the form that Cohere, Jina, vLLM and llama.cpp share. */
export async function rerank(client: VendorClient, call: RerankCall): Promise<RerankAnswer> {
  const { model, query, documents, topN, signal } = call
  const body = Buffer.from(
    JSON.stringify({ model, query, documents, ...(topN !== undefined && { top_n: topN }) })
  )
  const reply = await client.post({ operation: 'rerank', model, body, signal })
  const { host, key } = reply
  const { body: answer } = await readJson(reply)
  if (answer?.error) throw reportedError(host, answer, key)
  if (!Array.isArray(answer?.results ?? answer?.data)) {
    throw new HomeportError('upstream-failed', `${host} answered with something that is no ranking.`)
  }
  const results = asArray(answer?.results ?? answer?.data)
    .flatMap((item) => readResult(item, documents.length))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, topN)
  return { results: withinOne(results), usage: readUsage(answer?.usage), warnings: [] }
}

interface Result {
  index: number
  score: number
}

function readResult(value: unknown, documents: number): Result[] {
  const item = asObject(value)
  const index = asCount(item?.index)
  const score = item?.relevance_score ?? item?.score
  if (index === null || index >= documents || typeof score !== 'number') return []
  return [{ index, score }]
}

/** llama.cpp answers with logits; the logistic function keeps their order and brings them between 0 and 1. */
function withinOne(results: Result[]): Result[] {
  if (results.every(({ score }) => score >= 0 && score <= 1)) return results
  return results.map(({ index, score }) => ({ index, score: 1 / (1 + Math.exp(-score)) }))
}
