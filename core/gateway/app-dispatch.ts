import type { z } from 'zod'
import { type AppBody, type AppQuery, appRoutes, successStatus } from '../contract/app-routes.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import { EncodedJson } from '../lib/encoded-json.ts'
import type { AppHandlerInput, AppHandlers, HandledRoute } from './app-handlers.ts'
import { findAppRoute } from './app-route-table.ts'
import { clientSignal } from './client-signal.ts'
import type { Exchange } from './exchange.ts'
import { readJsonBody } from './request-body.ts'
import { methodNotAllowed, send, sendJson } from './respond.ts'
import { parseJson } from './strict-json.ts'

/** Answers a route of the control API: finds it, validates its input by the contract and calls its handler. */
export async function dispatchApp(
  { req, res, path, query }: Exchange,
  handlers: AppHandlers,
  bodyLimit: number
): Promise<void> {
  const method = req.method === 'HEAD' ? 'GET' : (req.method ?? '')
  const match = findAppRoute(method, path)
  if ('allowed' in match) throw methodNotAllowed(res, match.allowed)
  const { key, params } = match
  // it has no handler: the gateway answers it itself, before it asks for a credential
  if (key === 'POST /app/session') throw new HomeportError('not-found', 'There is nothing at this address.')
  const body = method === 'GET' ? {} : await readAppBody(req, res, bodyLimit)
  const input = { params, query: queryObject(query), body, signal: clientSignal(res) }
  const answer = await callHandler(handlers, key, input)
  const status = successStatus[key] ?? 200
  const headers = { 'cache-control': 'no-store' }
  if (answer instanceof EncodedJson) send(res, status, answer.bytes, headers)
  else sendJson(res, status, answer, headers)
}

/** The body of a control request as JSON; an absent one counts as an empty object. */
export async function readAppBody(
  req: Exchange['req'],
  res: Exchange['res'],
  limit: number
): Promise<unknown> {
  const body = await readJsonBody(req, res, limit)
  return body.length === 0 ? {} : parseJson(body)
}

/** What a handler is to be asked with, before its contract has seen it. */
interface UncheckedInput extends Pick<AppHandlerInput<HandledRoute>, 'params' | 'signal'> {
  query: unknown
  body: unknown
}

/** Checks the input by the route's contract, then asks its handler. Throws `bad-request` for what does not fit. */
export async function callHandler<K extends HandledRoute>(
  handlers: AppHandlers,
  key: K,
  { params, query, body, signal }: UncheckedInput
): Promise<unknown> {
  const schemas = appRoutes[key]
  const handler: AppHandlers[K] = handlers[key]
  // the schemas are the key's own: the compiler loses that link once it looks at all routes' schemas together
  return handler({
    params,
    query: valid(schemas.query, query) as AppQuery<K>,
    body: valid(schemas.body, body) as AppBody<K>,
    signal
  })
}

/** The value as the schema gives it back. Throws `bad-request` with the first thing that is wrong with it. */
export function valid<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue?.path.map(String).join('.') ?? ''
  const message = issue?.message ?? 'invalid input'
  throw new HomeportError(
    'bad-request',
    place === '' ? `${message}.` : `${place}: ${message}.`,
    place === '' ? {} : { param: place }
  )
}

function queryObject(query: string): Record<string, string> {
  if (query === '') return {}
  const entries = [...new URLSearchParams(query)]
  const object = Object.fromEntries(entries)
  if (Object.keys(object).length !== entries.length) {
    throw new HomeportError('bad-request', 'The address repeats a parameter.')
  }
  return object
}
