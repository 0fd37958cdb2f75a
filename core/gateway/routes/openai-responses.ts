import type { Caller, Pipeline } from '../../pipeline/context.ts'
import type { StoredResponses } from '../../responses/responses.ts'
import { answerChat } from '../answer-chat.ts'
import { countTokens } from '../count-operation.ts'
import type { DialectParts } from '../dialect-routes.ts'
import type { Json } from '../dialects/json-fields.ts'
import { type EarlierTurns, resolveConversation } from '../dialects/openai-responses/conversation.ts'
import { createResponsesDialect } from '../dialects/openai-responses/dialect.ts'
import { toResource } from '../dialects/openai-responses/items.ts'
import { type ResponsesParameters, readParameters } from '../dialects/openai-responses/parameters.ts'
import { toChatRequest } from '../dialects/openai-responses/request.ts'
import { watchResponse } from '../dialects/openai-responses/wire-answer.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'

/** Where names are the client's own. */
const freeMembers = ['text', 'tools', 'metadata']

/** `POST /v1/responses`. The response is kept for the key's later calls, unless the client says otherwise. */
export async function serveResponses(
  exchange: Exchange,
  caller: Caller,
  { pipeline, responses, bodyLimit }: DialectParts
): Promise<void> {
  const { body, json, parameters } = await readRequest(exchange, caller, responses, bodyLimit)
  const keep = (response: Json): void => {
    if (typeof response.id !== 'string') return
    responses.keep(caller.id, {
      id: response.id,
      previousId: parameters.previousId,
      createdAt: Date.now(),
      response,
      input: parameters.conversation.own.map(toResource)
    })
  }
  const watched: Pipeline = {
    call: async (input) => watchResponse(await pipeline.call(input), parameters.stream, keep)
  }
  const { store } = parameters
  const dialect = createResponsesDialect(store ? keep : () => {})
  await answerChat(store ? watched : pipeline, { exchange, caller, dialect, parameters, body, json })
}

/** `POST /v1/responses/input_tokens`. */
export async function serveInputTokens(
  exchange: Exchange,
  caller: Caller,
  { pipeline, responses, bodyLimit }: DialectParts
): Promise<void> {
  const { body, json, parameters } = await readRequest(exchange, caller, responses, bodyLimit)
  const { tokens, headers } = await countTokens(pipeline, {
    exchange,
    caller,
    model: parameters.model,
    request: () => toChatRequest(json, parameters),
    wire: { dialect: 'openai-responses', body, json, headers: {} }
  })
  sendJson(exchange.res, 200, { object: 'response.input_tokens', input_tokens: tokens }, headers)
}

/** The request, and the bytes for an upstream of the same dialect: the client's own, unless they refer to what is kept here. */
async function readRequest(
  exchange: Exchange,
  caller: Caller,
  responses: StoredResponses,
  limit: number
): Promise<{ body: Buffer; json: Json; parameters: ResponsesParameters }> {
  const { body, json } = await readJsonObject(exchange, limit, freeMembers)
  const request = readParameters(json)
  const earlier = turnsOf(responses, caller.id)
  const conversation = resolveConversation(request.items, request.previousId, earlier)
  const parameters = { ...request, conversation }
  if (conversation.wireInput === null) return { body, json, parameters }
  const { previous_response_id: previous, ...rest } = json
  const spelledOut = {
    ...rest,
    input: conversation.wireInput,
    ...(conversation.keepsPrevious && { previous_response_id: previous })
  }
  return { body: Buffer.from(JSON.stringify(spelledOut)), json: spelledOut, parameters }
}

/** What one key may refer back to. */
function turnsOf(responses: StoredResponses, keyId: string): EarlierTurns {
  return {
    conversation: (id) => responses.conversation(keyId, id),
    findItem: (id) => responses.findItem(keyId, id),
    belongsToAnother: (id) => responses.belongsToAnother(keyId, id)
  }
}
