import type { Model } from '../../contract/models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { badParameter } from '../dialects/json-fields.ts'
import type { Exchange } from '../exchange.ts'
import { sendJson } from '../respond.ts'

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
  const model = models.find((candidate) => candidate.id === id)
  if (model === undefined) {
    throw new HomeportError('not-found', 'This model does not exist.', {
      param: 'model',
      action: 'GET /v1beta/models lists those that do.'
    })
  }
  sendJson(res, 200, toWireModel(model))
}

function readCount(text: string, name: string): number {
  if (!/^\d{1,6}$/.test(text)) throw badParameter(name, 'is not valid')
  return Number(text)
}

/** What a model can do beside a chat is found out by asking it. */
function toWireModel({ id, name, contextTokens }: Model) {
  return {
    name: `models/${id}`,
    displayName: name,
    ...(contextTokens !== null && { inputTokenLimit: contextTokens }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens', 'embedContent']
  }
}
