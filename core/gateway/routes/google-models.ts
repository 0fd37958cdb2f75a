import type { Model } from '../../contract/models.ts'
import { badParameter } from '../dialects/json-fields.ts'
import type { Exchange } from '../exchange.ts'
import { sendJson } from '../respond.ts'
import { modelById } from './model-by-id.ts'

const maxPage = 1000

/** `GET /v1beta/models`, whole or in pages of `pageSize`; a page's token is where the next one begins. */
export function serveGoogleModels({ res, query }: Exchange, models: readonly Model[]): void {
  const wanted = new URLSearchParams(query)
  const from = readCount(wanted.get('pageToken') ?? '0', 'pageToken')
  const size = Math.min(readCount(wanted.get('pageSize') ?? String(maxPage), 'pageSize') || maxPage, maxPage)
  const end = from + size
  sendJson(res, 200, {
    models: models.slice(from, end).map(toWireModel),
    ...(end < models.length && { nextPageToken: String(end) })
  })
}

/** `GET /v1beta/models/{id}`. Throws `not-found`. */
export function serveGoogleModel({ res }: Exchange, id: string, models: readonly Model[]): void {
  sendJson(res, 200, toWireModel(modelById(id, models, '/v1beta/models')))
}

function readCount(text: string, name: string): number {
  if (!/^\d{1,6}$/.test(text)) throw badParameter(name, 'is not valid')
  return Number(text)
}

/** What a model can do beside a chat is found out by asking it. */
function toWireModel({ id, name, contextTokens, maxOutputTokens }: Model) {
  return {
    name: `models/${id}`,
    displayName: name,
    ...(contextTokens !== null && { inputTokenLimit: contextTokens }),
    ...(maxOutputTokens !== null && { outputTokenLimit: maxOutputTokens }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens', 'embedContent']
  }
}
