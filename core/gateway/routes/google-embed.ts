import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readEmbedRequests } from '../dialects/google-generate/embed-request.ts'
import { listOf } from '../dialects/google-generate/spelling.ts'
import { callEmbed } from '../embed-call.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'

/** `POST /v1beta/models/{model}:embedContent`. */
export async function serveEmbed(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts,
  model: string
): Promise<void> {
  const { json } = await readJsonObject(exchange, bodyLimit)
  const parameters = readEmbedRequests([json])
  const { result, headers } = await callEmbed(pipeline, {
    exchange,
    caller,
    dialect: 'google-embed',
    model,
    ...parameters
  })
  sendJson(exchange.res, 200, { embedding: { values: result[0] ?? [] } }, headers)
}

/** `POST /v1beta/models/{model}:batchEmbedContents`. */
export async function serveBatchEmbed(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts,
  model: string
): Promise<void> {
  const { json } = await readJsonObject(exchange, bodyLimit)
  const parameters = readEmbedRequests(listOf(json.requests))
  const { result, headers } = await callEmbed(pipeline, {
    exchange,
    caller,
    dialect: 'google-embed',
    model,
    ...parameters
  })
  sendJson(exchange.res, 200, { embeddings: result.map((values) => ({ values })) }, headers)
}
