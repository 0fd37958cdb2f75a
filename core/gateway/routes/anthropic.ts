import { anthropicErrorBody } from '../../errors/anthropic-error.ts'
import type { DialectRoutes } from '../dialect-routes.ts'
import { RouteTable } from '../route-table.ts'
import { serveCountTokens } from './anthropic-count.ts'
import { serveMessages } from './anthropic-messages.ts'
import { serveAnthropicModel, serveAnthropicModels } from './anthropic-models.ts'
import { openaiTable } from './openai.ts'

const table = new RouteTable({
  'POST /v1/messages': serveMessages,
  'POST /v1/messages/count_tokens': serveCountTokens,
  'GET /v1/models': (exchange, _, { models }) => serveAnthropicModels(exchange, models()),
  'GET /v1/models/*': (exchange, _, { models }, id) => serveAnthropicModel(exchange, id, models())
})

/**
 * Anthropic's dialect: `/v1/messages` and all below it. A client that sends `anthropic-version` also finds `/v1/models` in
 * its shape, and its errors wherever OpenAI's API has no address.
 */
export const anthropicRoutes: DialectRoutes = {
  addresses: table.addresses,
  owns(path, headers) {
    if (path === '/v1/messages' || path.startsWith('/v1/messages/')) return true
    if (headers['anthropic-version'] === undefined || !path.startsWith('/v1/')) return false
    return table.has(path) || !openaiTable.has(path)
  },
  errorBody: anthropicErrorBody,
  serve: (exchange, caller, parts) => table.serve(exchange, caller, parts)
}
