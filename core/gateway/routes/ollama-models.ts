import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readModelName } from '../dialects/json-fields.ts'
import { showBody, tagsBody } from '../dialects/ollama/model-list.ts'
import { findModel } from '../dialects/ollama/model-name.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'
import { unknownModel } from './ollama-chat.ts'

/** The release of Ollama whose API this is. Clients compare it to know what they may ask for. */
const version = '0.13.0'

/** `GET /api/tags`. */
export function serveTags({ res }: Exchange, { models }: DialectParts): void {
  sendJson(res, 200, tagsBody(models()))
}

/** `GET /api/ps`: models that a client could unload. Homeport loads and unloads by itself, so there is none. */
export function serveRunning({ res }: Exchange): void {
  sendJson(res, 200, { models: [] })
}

/** `GET /api/version`. */
export function serveVersion({ res }: Exchange): void {
  sendJson(res, 200, { version })
}

/** `POST /api/show`. Throws `not-found` for a model that no provider lists. */
export async function serveShow(
  exchange: Exchange,
  _: Caller,
  { models, bodyLimit }: DialectParts
): Promise<void> {
  const { json } = await readJsonObject(exchange, bodyLimit)
  const { name, model } = findModel(readModelName(json.model ?? json.name), models())
  if (model === null) throw unknownModel(name)
  sendJson(exchange.res, 200, showBody(model))
}
