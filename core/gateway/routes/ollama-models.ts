import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readModelName } from '../dialects/json-fields.ts'
import { showBody, tagsBody } from '../dialects/ollama/model-list.ts'
import { findModel } from '../dialects/ollama/model-name.ts'
import { runningBody } from '../dialects/ollama/running-models.ts'
import type { Exchange } from '../exchange.ts'
import { localIdOf } from '../on-device-models.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import { unknownModel } from './ollama-chat.ts'

/** The release of Ollama whose API this is. Clients compare it to know what they may ask for. */
const version = '0.13.0'

/** `GET /api/tags`. */
export async function serveTags(
  { res }: Exchange,
  _: Caller,
  { models, onDevice }: DialectParts
): Promise<void> {
  sendJson(res, 200, tagsBody(models(), await onDevice.models.list()))
}

/** `GET /api/ps`: the models in this machine's memory. */
export async function serveRunning({ res }: Exchange, _: Caller, { onDevice }: DialectParts): Promise<void> {
  sendJson(res, 200, runningBody(await onDevice.status(), await onDevice.models.list()))
}

/** `GET /api/version`. */
export function serveVersion({ res }: Exchange): void {
  sendJson(res, 200, { version })
}

/** `POST /api/show`. Throws `not-found` for a model that no provider lists. */
export async function serveShow(
  exchange: Exchange,
  _: Caller,
  { models, onDevice, bodyLimit }: DialectParts
): Promise<void> {
  const { json } = await readJsonObject(exchange, bodyLimit)
  const { name, model } = findModel(readModelName(json.model ?? json.name), models())
  if (model === null) throw unknownModel(name)
  const localId = localIdOf(model)
  const file = localId === null ? undefined : await onDevice.models.details(localId)
  sendJson(exchange.res, 200, showBody(model, file))
}
