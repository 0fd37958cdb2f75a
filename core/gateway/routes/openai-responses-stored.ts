import { HomeportError } from '../../errors/homeport-error.ts'
import type { Caller } from '../../pipeline/context.ts'
import type { StoredResponses } from '../../responses/responses.ts'
import type { StoredResponse } from '../../responses/stored-response.ts'
import { badParameter, isRecord, type Json } from '../dialects/json-fields.ts'
import { isHomeportId } from '../dialects/openai-responses/homeport-ids.ts'
import { clientItem, clientView } from '../dialects/openai-responses/response-object.ts'
import { sendJson } from '../respond.ts'
import type { Serve } from '../route-table.ts'

const maxListed = 100

/** `GET /v1/responses/{id}`. Throws `not-found`, as all below, for a response that the key has not. */
export const serveResponse: Serve = ({ res, query }, caller, { responses }, id) => {
  const search = new URLSearchParams(query)
  if (search.get('stream') === 'true') {
    throw badParameter('stream', 'is not offered here: a response is kept when it is complete')
  }
  sendJson(res, 200, clientView(find(responses, caller, id).response, includeOf(search)))
}

/** `DELETE /v1/responses/{id}`. */
export const deleteResponse: Serve = async ({ res }, caller, { responses }, id) => {
  if (!(await responses.remove(caller.id, id))) throw responseNotFound(id)
  const elsewhere = isHomeportId(id)
    ? {}
    : { 'x-homeport-warning': 'the provider that made the response keeps its own copy' }
  sendJson(res, 200, { id, object: 'response', deleted: true }, elsewhere)
}

/** `GET /v1/responses/{id}/input_items`. */
export const serveInputItems: Serve = ({ res, query }, caller, { responses }, id) => {
  const turns = responses.conversation(caller.id, id) ?? [find(responses, caller, id)]
  sendJson(res, 200, inputItems(turns, new URLSearchParams(query)))
}

/** `POST /v1/responses/{id}/cancel`, of which no response here can make use. Throws. */
export const cancelResponse: Serve = (_, caller, { responses }, id) => {
  find(responses, caller, id)
  throw new HomeportError('bad-request', 'Cannot cancel a response that was not made in the background.', {
    action: 'To stop one that is being made, close its connection.'
  })
}

function find(responses: StoredResponses, caller: Caller, id: string): StoredResponse {
  const found = responses.find(caller.id, id)
  if (found === null) throw responseNotFound(id)
  return found
}

/** All items that led to the answer, those of earlier turns included, a page of them. */
function inputItems(turns: readonly StoredResponse[], search: URLSearchParams): unknown {
  const limit = Number(search.get('limit') ?? 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > maxListed) {
    throw badParameter('limit', `must be a whole number from 1 to ${maxListed}`)
  }
  const include = includeOf(search)
  const items = turns.flatMap(({ input, response }, index): readonly Json[] => {
    const output = Array.isArray(response.output) ? response.output.filter(isRecord) : []
    return index === turns.length - 1 ? input : [...input, ...output]
  })
  const listed = search.get('order') === 'asc' ? items : items.toReversed()
  const after = search.get('after')
  const start = after === null ? 0 : listed.findIndex((item) => item.id === after) + 1
  if (after !== null && start === 0) throw badParameter('after', 'is the id of no item of this response')
  const page = listed.slice(start, start + limit)
  return {
    object: 'list',
    data: page.map((item) => clientItem(item, include)),
    first_id: page.at(0)?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: start + limit < listed.length
  }
}

/** Written `include[]=` by the SDKs, `include=` by others. */
const includeOf = (search: URLSearchParams): ReadonlySet<string> =>
  new Set([...search.getAll('include'), ...search.getAll('include[]')])

function responseNotFound(id: string): HomeportError {
  return new HomeportError('not-found', `Response with id '${id.slice(0, 200)}' not found.`, {
    param: 'response_id'
  })
}
