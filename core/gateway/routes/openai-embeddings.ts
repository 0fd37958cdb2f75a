import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readEmbeddings } from '../dialects/openai-embeddings/request.ts'
import { embeddingsBody } from '../dialects/openai-embeddings/response.ts'
import { callEmbed } from '../embed-call.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'

/** `POST /v1/embeddings`. */
export async function serveEmbeddings(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts
): Promise<void> {
  const { json } = await readJsonObject(exchange, bodyLimit)
  const { encoding, ...parameters } = readEmbeddings(json)
  const { result, usage, model, headers } = await callEmbed(pipeline, {
    exchange,
    caller,
    dialect: 'openai-embeddings',
    ...parameters
  })
  sendJson(exchange.res, 200, embeddingsBody(result, { model, usage, encoding }), headers)
}
