import { HomeportError } from '../errors/homeport-error.ts'
import { isRecord, type Json } from './dialects/json-fields.ts'
import type { Exchange } from './exchange.ts'
import { readJsonBody } from './request-body.ts'
import { parseJson } from './strict-json.ts'

/**
 * Reads and parses the body of a dialect's request, which must be an object. `freeMembers` are those of the top level in
 * which names are the client's own (JSON schemas, arguments of tools). Throws what `readJsonBody` and `parseJson` throw.
 */
export async function readJsonObject(
  { req, res }: Exchange,
  limit: number,
  freeMembers: readonly string[] = []
): Promise<{ body: Buffer; json: Json }> {
  const body = await readJsonBody(req, res, limit)
  const json = parseJson(body, freeMembers)
  if (!isRecord(json)) throw new HomeportError('bad-request', 'The body must be a JSON object.')
  return { body, json }
}
