import type { Caller } from '../../pipeline/context.ts'
import { clientSignal } from '../client-signal.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { badParameter, checkNumbers, type Json, readModelName, whole } from '../dialects/json-fields.ts'
import { nanoseconds } from '../dialects/ollama/answer-state.ts'
import { findModel } from '../dialects/ollama/model-name.ts'
import { readOptions, unmappedOptions } from '../dialects/ollama/options.ts'
import { readInputs } from '../dialects/openai-embeddings/request.ts'
import { callEmbed } from '../embed-call.ts'
import type { Exchange } from '../exchange.ts'
import { localIdOf } from '../on-device-models.ts'
import { readJsonObject } from '../read-json.ts'
import { sendJson } from '../respond.ts'

/** `POST /api/embed`. Nothing to embed asks for the model to be ready. */
export async function serveEmbed(exchange: Exchange, caller: Caller, parts: DialectParts): Promise<void> {
  const receivedAt = performance.now()
  const { json } = await readJsonObject(exchange, parts.bodyLimit)
  const answer = await embedded(exchange, caller, parts, json, 'input')
  sendJson(
    exchange.res,
    200,
    {
      model: answer.model,
      embeddings: answer.result,
      total_duration: nanoseconds(performance.now() - receivedAt),
      load_duration: 0,
      ...(answer.usage && { prompt_eval_count: answer.usage.input.total })
    },
    answer.headers
  )
}

/** `POST /api/embeddings`, the older address for one text. */
export async function serveOldEmbeddings(
  exchange: Exchange,
  caller: Caller,
  parts: DialectParts
): Promise<void> {
  const { json } = await readJsonObject(exchange, parts.bodyLimit)
  if (Array.isArray(json.prompt)) throw badParameter('prompt', 'must be a text')
  const { result, headers } = await embedded(exchange, caller, parts, json, 'prompt')
  sendJson(exchange.res, 200, { embedding: result[0] ?? [] }, headers)
}

async function embedded(
  exchange: Exchange,
  caller: Caller,
  { pipeline, models, onDevice }: DialectParts,
  json: Json,
  member: 'input' | 'prompt'
) {
  const { name, model } = findModel(readModelName(json.model ?? json.name), models())
  checkNumbers(json, { dimensions: whole(1, 65_536) })
  const { dimensions, truncate } = json
  const input = json[member] ?? ''
  if (input === '' || (Array.isArray(input) && input.length === 0)) {
    const localId = localIdOf(model)
    if (localId !== null) await onDevice.models.load(localId, clientSignal(exchange.res))
    return { result: [], usage: null, model: name, headers: {} }
  }
  return callEmbed(pipeline, {
    exchange,
    caller,
    dialect: 'ollama-embed',
    model: name,
    inputs: readInputs(input, member),
    dimensions: typeof dimensions === 'number' ? dimensions : null,
    // true is what every model server does
    unmapped: [...(truncate === false ? ['truncate'] : []), ...unmappedOptions(readOptions(json.options))]
  })
}
