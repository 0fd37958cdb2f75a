import { googleErrorBody } from '../../errors/google-error.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { decodeSegment } from '../app-route-table.ts'
import type { DialectRoutes } from '../dialect-routes.ts'
import { readModelName } from '../dialects/json-fields.ts'
import type { Exchange } from '../exchange.ts'
import { methodNotAllowed } from '../respond.ts'
import type { Serve } from '../route-table.ts'
import { serveGenerate, serveStream } from './google-chat.ts'
import { serveCountTokens } from './google-count.ts'
import { serveBatchEmbed, serveEmbed } from './google-embed.ts'
import { serveGoogleModel, serveGoogleModels } from './google-models.ts'

/** What a model is asked, by the name after the colon of its address. */
const methods: Readonly<Record<string, Serve>> = {
  generateContent: serveGenerate,
  streamGenerateContent: serveStream,
  countTokens: serveCountTokens,
  embedContent: serveEmbed,
  batchEmbedContents: serveBatchEmbed
}
const listPath = '/v1beta/models'
/** Where Google's newer SDKs look, and OpenAI's models are too. */
const sharedPath = /^\/v1\/models(?=\/|$)/

/**
 * Google's dialect: whatever is under `/v1beta`, and of `/v1/models` what only its clients ask: its methods, and anything
 * with the header that its SDKs send. See https://ai.google.dev/api
 */
export const googleRoutes: DialectRoutes = {
  addresses: [
    ...Object.keys(methods).map((method) => `POST ${listPath}/:model:${method}`),
    `GET ${listPath}`,
    `GET ${listPath}/:model`
  ],
  owns(path, headers) {
    if (path === '/v1beta' || path.startsWith('/v1beta/')) return true
    if (!sharedPath.test(path)) return false
    return (
      headers['x-goog-api-client'] !== undefined ||
      Object.hasOwn(methods, path.slice(path.lastIndexOf(':') + 1))
    )
  },
  errorBody: googleErrorBody,
  async serve(exchange, caller, parts) {
    const { req, res } = exchange
    const path = exchange.path.replace(sharedPath, listPath)
    refuseKeyInAddress(exchange)
    const isRead = req.method === 'GET' || req.method === 'HEAD'
    if (path === listPath) {
      if (!isRead) throw methodNotAllowed(res, ['GET', 'HEAD'])
      return serveGoogleModels(exchange, parts.models())
    }
    const { model, method } = readAddress(path)
    const serve = Object.hasOwn(methods, method) ? methods[method] : undefined
    if (serve) {
      if (req.method !== 'POST') throw methodNotAllowed(res, ['POST'])
      return serve(exchange, caller, parts, readModelName(model))
    }
    if (model === '') throw unknownAddress()
    if (!isRead) {
      if (method !== '') throw unknownAddress()
      throw methodNotAllowed(res, ['GET', 'HEAD'])
    }
    serveGoogleModel(exchange, method === '' ? model : `${model}:${method}`, parts.models())
  }
}

/**
 * `{model}` and `{method}` of `/v1beta/models/{model}:{method}`; the model's name may have slashes and colons of its own,
 * encoded or not. Both are empty where there is no model in the address. Throws `bad-request`.
 */
function readAddress(path: string): { model: string; method: string } {
  if (!path.startsWith(`${listPath}/`)) return { model: '', method: '' }
  const rest = decodeSegment(path.slice(listPath.length + 1)).replace(/^models\//, '')
  const colon = rest.lastIndexOf(':')
  return colon === -1
    ? { model: rest, method: '' }
    : { model: rest.slice(0, colon), method: rest.slice(colon + 1) }
}

/** A key in an address ends up in logs and histories, so that none is taken from there, nor passed over in silence. */
function refuseKeyInAddress({ query }: Exchange): void {
  const given = new URLSearchParams(query)
  if (given.has('key') || given.has('access_token')) {
    throw new HomeportError('not-authenticated', 'A key must not stand in the address of a request.')
  }
}

function unknownAddress(): HomeportError {
  return new HomeportError('not-found', 'This address is not part of the API.', {
    action: `Homeport serves ${listPath}, and for each model ${Object.keys(methods).join(', ')}.`
  })
}
