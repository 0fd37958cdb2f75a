import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readEmbedRequests } from '../dialects/google-generate/embed-request.ts'
import { listOf } from '../dialects/google-generate/spelling.ts'
import type { Json } from '../dialects/json-fields.ts'
import { callEmbed } from '../embed-call.ts'
import type { Exchange } from '../exchange.ts'
import type { OperationAnswer } from '../operation-call.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import type { Serve } from '../route-table.ts'

/** `POST /v1beta/models/{model}:embedContent`. */
export const serveEmbed: Serve = async (exchange, caller, parts, model) => {
  const { result, headers } = await embed(exchange, caller, parts, model, (json) => [json])
  sendJson(exchange.res, 200, { embedding: { values: result[0] ?? [] } }, headers)
}

/** `POST /v1beta/models/{model}:batchEmbedContents`. */
export const serveBatchEmbed: Serve = async (exchange, caller, parts, model) => {
  const { result, headers } = await embed(exchange, caller, parts, model, ({ requests }) => listOf(requests))
  sendJson(exchange.res, 200, { embeddings: result.map((values) => ({ values })) }, headers)
}

async function embed(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts,
  model: string,
  requestsIn: (json: Json) => readonly unknown[]
): Promise<OperationAnswer<number[][]>> {
  const { json } = await readJsonObject(exchange, bodyLimit)
  const parameters = readEmbedRequests(requestsIn(json))
  return callEmbed(pipeline, { exchange, caller, dialect: 'google-embed', model, ...parameters })
}
