import type { Model } from '../../contract/models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { Caller, Pipeline } from '../../pipeline/context.ts'
import type { Exchange } from '../exchange.ts'
import { methodNotAllowed } from '../respond.ts'
import { serveChat } from './openai-chat.ts'
import { serveModel, serveModels } from './openai-models.ts'

/** What the routes of OpenAI's dialect ask of the rest of the program. */
export interface OpenaiParts {
  pipeline: Pipeline
  /** Everything that can be named in a request's `model`. */
  models(): Model[]
}

/** Every address of the dialect, for those who want to go through them all. */
export const openaiRoutes = ['POST /v1/chat/completions', 'GET /v1/models', 'GET /v1/models/:id'] as const

const modelPrefix = '/v1/models/'

/** Answers an address under `/v1`. Throws `not-found` and `method-not-allowed` among others. */
export async function dispatchOpenai(
  exchange: Exchange,
  caller: Caller,
  { pipeline, models }: OpenaiParts,
  bodyLimit: number
): Promise<void> {
  const { req, res, path } = exchange
  if (path === '/v1/chat/completions') {
    if (req.method !== 'POST') throw methodNotAllowed(res, ['POST'])
    return serveChat(exchange, caller, pipeline, bodyLimit)
  }
  const id = path.startsWith(modelPrefix) ? path.slice(modelPrefix.length) : ''
  if (path !== '/v1/models' && id === '') {
    throw new HomeportError('not-found', 'This address is not part of the API.', {
      action: 'Homeport serves /v1/chat/completions and /v1/models.'
    })
  }
  if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed(res, ['GET', 'HEAD'])
  if (id === '') serveModels(exchange, models())
  else serveModel(exchange, id, models())
}
