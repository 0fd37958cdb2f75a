import type { Model } from '../../contract/models.ts'
import { HomeportError } from '../../errors/homeport-error.ts'

/** The model that an address names; `list` is the address of all. Throws `not-found`. */
export function modelById(id: string, models: readonly Model[], list: string): Model {
  const model = models.find((candidate) => candidate.id === id)
  if (model) return model
  throw new HomeportError('not-found', 'This model does not exist.', {
    param: 'model',
    action: `GET ${list} lists those that do.`
  })
}
