import { anthropicErrorBody } from '../../errors/anthropic-error.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts, DialectRoutes } from '../dialect-routes.ts'
import type { Exchange } from '../exchange.ts'
import { methodNotAllowed } from '../respond.ts'
import { serveCountTokens } from './anthropic-count.ts'
import { serveMessages } from './anthropic-messages.ts'
import { serveAnthropicModel, serveAnthropicModels } from './anthropic-models.ts'
import { openaiRoutes } from './openai.ts'

type Serve = (exchange: Exchange, caller: Caller, parts: DialectParts) => Promise<void>

const posts: Readonly<Record<string, Serve>> = {
  '/v1/messages': serveMessages,
  '/v1/messages/count_tokens': serveCountTokens
}
const modelPrefix = '/v1/models/'

/** Addresses of OpenAI's API, up to where an id stands in them. */
const openaiPaths = openaiRoutes.addresses.map((address) => address.replace(/^\S+ /, '').replace(/:.*$/, ''))

const isOpenai = (path: string): boolean =>
  openaiPaths.some((known) => (known.endsWith('/') ? path.startsWith(known) : path === known))

/**
 * Anthropic's dialect: `/v1/messages` and all below it. A client that sends `anthropic-version` also finds `/v1/models` in
 * its shape, and its errors wherever OpenAI's API has no address.
 */
export const anthropicRoutes: DialectRoutes = {
  addresses: Object.keys(posts).map((path) => `POST ${path}`),
  owns(path, headers) {
    if (path === '/v1/messages' || path.startsWith('/v1/messages/')) return true
    if (headers['anthropic-version'] === undefined || !path.startsWith('/v1/')) return false
    return path === '/v1/models' || path.startsWith(modelPrefix) || !isOpenai(path)
  },
  errorBody: anthropicErrorBody,
  async serve(exchange, caller, parts) {
    const { req, res, path } = exchange
    const post = Object.hasOwn(posts, path) ? posts[path] : undefined
    if (post) {
      if (req.method !== 'POST') throw methodNotAllowed(res, ['POST'])
      return post(exchange, caller, parts)
    }
    const id = path.startsWith(modelPrefix) ? path.slice(modelPrefix.length) : ''
    if (path !== '/v1/models' && id === '') {
      throw new HomeportError('not-found', 'This address is not part of the API.', {
        action: `Homeport serves ${Object.keys(posts).join(', ')} and /v1/models.`
      })
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed(res, ['GET', 'HEAD'])
    if (id === '') serveAnthropicModels(exchange, parts.models())
    else serveAnthropicModel(exchange, id, parts.models())
  }
}
