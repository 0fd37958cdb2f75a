import { HomeportError } from '../../errors/homeport-error.ts'
import { openaiErrorBody } from '../../errors/openai-error.ts'
import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts, DialectRoutes } from '../dialect-routes.ts'
import type { Exchange } from '../exchange.ts'
import { methodNotAllowed } from '../respond.ts'
import { serveChat } from './openai-chat.ts'
import { serveCompletions } from './openai-completions.ts'
import { serveEmbeddings } from './openai-embeddings.ts'
import { serveModel, serveModels } from './openai-models.ts'
import { serveImages, serveModerations, serveSpeech, serveTranscriptions } from './openai-raw.ts'
import { serveInputTokens, serveResponses } from './openai-responses.ts'
import { isStoredResponse, serveStoredResponse, storedResponseAddresses } from './openai-responses-stored.ts'
import { serveRerank } from './rerank.ts'

type Serve = (exchange: Exchange, caller: Caller, parts: DialectParts) => Promise<void>

/** What is POSTed to an address of its own. */
const posts: Readonly<Record<string, Serve>> = {
  '/v1/chat/completions': serveChat,
  '/v1/responses': serveResponses,
  '/v1/responses/input_tokens': serveInputTokens,
  '/v1/completions': serveCompletions,
  '/v1/embeddings': serveEmbeddings,
  '/v1/images/generations': serveImages,
  '/v1/audio/speech': serveSpeech,
  '/v1/audio/transcriptions': serveTranscriptions,
  '/v1/moderations': serveModerations,
  '/v1/rerank': serveRerank
}
const modelPrefix = '/v1/models/'

/** OpenAI's dialect: whatever is under `/v1` and no other dialect's. */
export const openaiRoutes: DialectRoutes = {
  addresses: [
    ...Object.keys(posts).map((path) => `POST ${path}`),
    ...storedResponseAddresses,
    'GET /v1/models',
    'GET /v1/models/:id'
  ],
  owns: (path) => path.startsWith('/v1/'),
  errorBody: openaiErrorBody,
  async serve(exchange, caller, parts) {
    const { req, res, path } = exchange
    const post = Object.hasOwn(posts, path) ? posts[path] : undefined
    if (post) {
      if (req.method !== 'POST') throw methodNotAllowed(res, ['POST'])
      return post(exchange, caller, parts)
    }
    if (isStoredResponse(path)) return serveStoredResponse(exchange, caller, parts)
    const id = path.startsWith(modelPrefix) ? path.slice(modelPrefix.length) : ''
    if (path !== '/v1/models' && id === '') {
      throw new HomeportError('not-found', 'This address is not part of the API.', {
        action: `Homeport serves ${Object.keys(posts).join(', ')} and /v1/models.`
      })
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed(res, ['GET', 'HEAD'])
    if (id === '') serveModels(exchange, parts.models())
    else serveModel(exchange, id, parts.models())
  }
}
