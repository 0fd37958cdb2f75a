import type { Caller, Perform } from '../../pipeline/context.ts'
import type { ChatAnswer, ChatRequest, WireRequest } from '../../providers/spec/chat.ts'
import { clientSignal } from '../answer-chat.ts'
import { answerHeaders, costHeader } from '../answer-headers.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readCountParameters } from '../dialects/anthropic-messages/parameters.ts'
import { toChatRequest } from '../dialects/anthropic-messages/request.ts'
import { estimateTokens } from '../estimate-tokens.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import { anthropicHeaders, freeMembers } from './anthropic-messages.ts'

/** Counting costs nothing. */
const noUsage = {
  input: { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
}

/**
 * `POST /v1/messages/count_tokens`: as the vendor that serves the model counts, or where it does not, an estimate
 * (`estimateTokens`), which the header `x-homeport-warning` says.
 */
export async function serveCountTokens(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts
): Promise<void> {
  const { body, json } = await readJsonObject(exchange, bodyLimit, freeMembers)
  const { model } = readCountParameters(json)
  const wire: WireRequest = { dialect: 'anthropic-messages', body, json, headers: anthropicHeaders(exchange) }
  let parsed: ChatRequest | null = null
  const request = () => {
    parsed ??= toChatRequest(json)
    return parsed
  }

  let tokens = 0
  const perform: Perform = async ({ provider, model: id }, signal) => {
    if (provider.countTokens) {
      tokens = await provider.countTokens({ model: id, stream: false, request, wire, signal })
      return counted([])
    }
    tokens = estimateTokens(request())
    return counted(['the count is an estimate'])
  }
  const answer = await pipeline.call({
    caller,
    dialect: 'count-tokens',
    perform,
    model,
    stream: false,
    request,
    wire,
    signal: clientSignal(exchange.res)
  })
  for await (const _ of answer.events);
  const { cost } = await answer.done
  sendJson(exchange.res, 200, { input_tokens: tokens }, { ...answerHeaders(answer), ...costHeader(cost) })
}

function counted(warnings: string[]): ChatAnswer {
  return {
    wireDialect: null,
    headers: {},
    warnings,
    events: (async function* () {
      yield { parts: [{ type: 'usage' as const, usage: noUsage }] }
    })()
  }
}
