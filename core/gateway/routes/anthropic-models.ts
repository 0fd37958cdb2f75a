import type { Model } from '../../contract/models.ts'
import { decodeSegment } from '../app-route-table.ts'
import type { Exchange } from '../exchange.ts'
import { sendJson } from '../respond.ts'
import { modelById } from './model-by-id.ts'

/** `GET /v1/models` in Anthropic's shape: always one page, whatever `limit` says. */
export function serveAnthropicModels({ res }: Exchange, models: readonly Model[]): void {
  sendJson(res, 200, {
    data: models.map(toWireModel),
    has_more: false,
    first_id: models.at(0)?.id ?? null,
    last_id: models.at(-1)?.id ?? null
  })
}

/** `GET /v1/models/{id}`; the id's slashes may be encoded or not. Throws `not-found`. */
export function serveAnthropicModel({ res }: Exchange, encodedId: string, models: readonly Model[]): void {
  sendJson(res, 200, toWireModel(modelById(decodeSegment(encodedId), models, '/v1/models')))
}

/** The epoch is what the dialect writes where a date is not known. */
function toWireModel({ id, name, contextTokens, maxOutputTokens }: Model) {
  return {
    type: 'model',
    id,
    display_name: name,
    created_at: '1970-01-01T00:00:00Z',
    max_input_tokens: contextTokens,
    max_tokens: maxOutputTokens
  }
}
