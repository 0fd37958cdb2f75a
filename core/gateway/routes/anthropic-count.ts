import type { Caller } from '../../pipeline/context.ts'
import { countTokens } from '../count-operation.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readCountParameters } from '../dialects/anthropic-messages/parameters.ts'
import { toChatRequest } from '../dialects/anthropic-messages/request.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import { anthropicHeaders, freeMembers } from './anthropic-messages.ts'

/** `POST /v1/messages/count_tokens`. */
export async function serveCountTokens(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts
): Promise<void> {
  const { body, json } = await readJsonObject(exchange, bodyLimit, freeMembers)
  const { tokens, headers } = await countTokens(pipeline, {
    exchange,
    caller,
    model: readCountParameters(json).model,
    request: () => toChatRequest(json),
    wire: { dialect: 'anthropic-messages', body, json, headers: anthropicHeaders(exchange) }
  })
  sendJson(exchange.res, 200, { input_tokens: tokens }, headers)
}
