import type { Model } from '../../contract/models.ts'
import { decodeSegment } from '../app-route-table.ts'
import type { Exchange } from '../exchange.ts'
import { sendJson } from '../respond.ts'
import { modelById } from './model-by-id.ts'

/** `GET /v1/models`. */
export function serveModels({ res }: Exchange, models: readonly Model[]): void {
  sendJson(res, 200, { object: 'list', data: models.map(toWireModel) })
}

/** `GET /v1/models/{id}`; the id's slashes may be encoded or not. Throws `not-found`. */
export function serveModel({ res }: Exchange, encodedId: string, models: readonly Model[]): void {
  sendJson(res, 200, toWireModel(modelById(decodeSegment(encodedId), models, '/v1/models')))
}

/** Nobody knows when a model was made here; the dialect wants a number. */
function toWireModel({ id, providerId }: Model) {
  return { id, object: 'model', created: 0, owned_by: providerId }
}
