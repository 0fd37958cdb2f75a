import type { Model } from '../../contract/models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import { decodeSegment } from '../app-route-table.ts'
import type { Exchange } from '../exchange.ts'
import { sendJson } from '../respond.ts'

/** `GET /v1/models`. */
export function serveModels({ res }: Exchange, models: readonly Model[]): void {
  sendJson(res, 200, { object: 'list', data: models.map(toWireModel) })
}

/** `GET /v1/models/{id}`; the id's slashes may be encoded or not. Throws `not-found`. */
export function serveModel({ res }: Exchange, encodedId: string, models: readonly Model[]): void {
  const id = decodeSegment(encodedId)
  const model = models.find((candidate) => candidate.id === id)
  if (model === undefined) {
    throw new HomeportError('not-found', 'This model does not exist.', {
      param: 'model',
      action: 'GET /v1/models lists those that do.'
    })
  }
  sendJson(res, 200, toWireModel(model))
}

/** Nobody knows when a model was made here; the dialect wants a number. */
function toWireModel({ id, providerId }: Model) {
  return { id, object: 'model', created: 0, owned_by: providerId }
}
