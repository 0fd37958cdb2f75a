import type { OutgoingHttpHeaders } from 'node:http'
import type { Caller, Pipeline } from '../pipeline/context.ts'
import type { ChatRequest, WireRequest } from '../providers/spec/chat.ts'
import { estimateTokens } from './estimate-tokens.ts'
import type { Exchange } from './exchange.ts'
import { callOperation } from './operation-call.ts'

export interface CountOperation {
  exchange: Exchange
  caller: Caller
  model: string
  /** Throws `bad-request`; asked only where it is needed. */
  request(): ChatRequest
  wire: WireRequest
}

/** Counting costs nothing. */
const noUsage = {
  input: { total: 0, noCache: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
}

/** Tokens of a request as the vendor that serves the model counts, or where it does not, an estimate, which a warning says. */
export async function countTokens(
  pipeline: Pipeline,
  { exchange, caller, model, request, wire }: CountOperation
): Promise<{ tokens: number; headers: OutgoingHttpHeaders }> {
  const { result, headers } = await callOperation(pipeline, {
    exchange,
    caller,
    dialect: 'count-tokens',
    model,
    request,
    wire,
    async perform({ provider, model: id }, signal) {
      const counted = { usage: noUsage, servedModel: null }
      if (!provider.countTokens) {
        return { ...counted, result: estimateTokens(request()), warnings: ['the count is an estimate'] }
      }
      const call = { model: id, stream: false, request, wire, caller: caller.id, signal }
      return { ...counted, result: await provider.countTokens(call), warnings: [] }
    }
  })
  return { tokens: result, headers }
}
