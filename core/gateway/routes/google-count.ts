import type { Caller } from '../../pipeline/context.ts'
import type { ChatRequest, WireRequest } from '../../providers/spec/chat.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readParameters } from '../dialects/google-generate/parameters.ts'
import { toChatRequest } from '../dialects/google-generate/request.ts'
import { camelCased } from '../dialects/google-generate/spelling.ts'
import { estimateTokens } from '../estimate-tokens.ts'
import type { Exchange } from '../exchange.ts'
import { callOperation } from '../operation-call.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import { freeMembers } from './google-chat.ts'

/** Counting costs nothing. */
const noUsage = {
  input: { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
}

/**
 * `POST /v1beta/models/{model}:countTokens`: as the vendor that serves the model counts, or where it does not, an estimate
 * (`estimateTokens`), which the header `x-homeport-warning` says.
 */
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
  const wire: WireRequest = { dialect: 'google-generate', body, json, headers: {} }
  const { result, headers } = await callOperation(pipeline, {
    exchange,
    caller,
    dialect: 'count-tokens',
    model,
    texts: textsOf(request),
    async perform({ provider, model: id }, signal) {
      const answered = { usage: noUsage, servedModel: null }
      if (!provider.countTokens) {
        return { ...answered, result: estimateTokens(request), warnings: ['the count is an estimate'] }
      }
      const call = { model: id, stream: false, request: () => request, wire, signal }
      return { ...answered, result: await provider.countTokens(call), warnings: [] }
    }
  })
  sendJson(exchange.res, 200, { totalTokens: result }, headers)
}

const textsOf = ({ messages }: ChatRequest): string[] =>
  messages.flatMap(({ content }) => content.flatMap((part) => (part.type === 'text' ? [part.text] : [])))
