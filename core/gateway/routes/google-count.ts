import type { Caller } from '../../pipeline/context.ts'
import { countTokens } from '../count-operation.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readParameters } from '../dialects/google-generate/parameters.ts'
import { toChatRequest } from '../dialects/google-generate/request.ts'
import { camelCased } from '../dialects/google-generate/spelling.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import { freeMembers } from './google-chat.ts'

/** `POST /v1beta/models/{model}:countTokens`. */
export async function serveCountTokens(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts,
  model: string
): Promise<void> {
  const { body, json } = await readJsonObject(exchange, bodyLimit, freeMembers)
  const counted = camelCased(camelCased(json)?.generateContentRequest) ?? json
  readParameters(counted, { model, stream: false })
  const request = toChatRequest(counted)
  const { tokens, headers } = await countTokens(pipeline, {
    exchange,
    caller,
    model,
    request: () => request,
    wire: { dialect: 'google-generate', body, json, headers: {} }
  })
  sendJson(exchange.res, 200, { totalTokens: tokens }, headers)
}
