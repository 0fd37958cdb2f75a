import { HomeportError } from '../../errors/homeport-error.ts'
import type { Caller } from '../../pipeline/context.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { readModelName } from '../dialects/json-fields.ts'
import { findModel } from '../dialects/ollama/model-name.ts'
import { line } from '../dialects/ollama/response.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'

const done = { status: 'success' }

/**
 * `POST /api/pull`. Clients pull before they ask: for a model that is here that is done at once. Throws `not-allowed` for
 * any other, since a program's key may not spend the person's disk and network.
 */
export async function servePull(exchange: Exchange, _: Caller, parts: DialectParts): Promise<void> {
  const { json } = await readJsonObject(exchange, parts.bodyLimit)
  const { model } = findModel(readModelName(json.model ?? json.name), parts.models())
  if (model === null) throw notForPrograms()
  if (json.stream === false) return sendJson(exchange.res, 200, done)
  exchange.res.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(line(done))
}

/** Adding, changing and removing models is the person's own. */
export function notForPrograms(): HomeportError {
  return new HomeportError('not-allowed', 'Programs cannot add, change or remove models here.', {
    action: 'Do it under Models in Homeport, or with `homeport model pull` and `homeport model rm`.'
  })
}
