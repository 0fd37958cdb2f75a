import { openaiErrorBody } from '../../errors/openai-error.ts'
import type { DialectRoutes } from '../dialect-routes.ts'
import { RouteTable } from '../route-table.ts'
import { serveChat } from './openai-chat.ts'
import { serveCompletions } from './openai-completions.ts'
import { serveEmbeddings } from './openai-embeddings.ts'
import { serveModel, serveModels } from './openai-models.ts'
import { serveImages, serveModerations, serveSpeech, serveTranscriptions } from './openai-raw.ts'
import { serveInputTokens, serveResponses } from './openai-responses.ts'
import { cancelResponse, deleteResponse, serveInputItems, serveResponse } from './openai-responses-stored.ts'
import { serveRerank } from './rerank.ts'

export const openaiTable = new RouteTable({
  'POST /v1/chat/completions': serveChat,
  'POST /v1/responses': serveResponses,
  'POST /v1/responses/input_tokens': serveInputTokens,
  'POST /v1/completions': serveCompletions,
  'POST /v1/embeddings': serveEmbeddings,
  'POST /v1/images/generations': serveImages,
  'POST /v1/audio/speech': serveSpeech,
  'POST /v1/audio/transcriptions': serveTranscriptions,
  'POST /v1/moderations': serveModerations,
  'POST /v1/rerank': serveRerank,
  'GET /v1/responses/:id': serveResponse,
  'DELETE /v1/responses/:id': deleteResponse,
  'GET /v1/responses/:id/input_items': serveInputItems,
  'POST /v1/responses/:id/cancel': cancelResponse,
  'GET /v1/models': (exchange, _, { models }) => serveModels(exchange, models()),
  'GET /v1/models/*': (exchange, _, { models }, id) => serveModel(exchange, id, models())
})

/** OpenAI's dialect: whatever is under `/v1` and no other dialect's. */
export const openaiRoutes: DialectRoutes = {
  addresses: openaiTable.addresses,
  owns: (path) => path.startsWith('/v1/'),
  errorBody: openaiErrorBody,
  serve: (exchange, caller, parts) => openaiTable.serve(exchange, caller, parts)
}
