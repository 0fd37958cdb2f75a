import type { Caller } from '../../pipeline/context.ts'
import { answerChat } from '../answer-chat.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { googleEvents, googleList } from '../dialects/google-generate/dialect.ts'
import { readParameters } from '../dialects/google-generate/parameters.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'
import type { Serve } from '../route-table.ts'

/** Where JSON schemas and arguments of functions may stand, whose members may have any name. */
export const freeMembers = [
  'tools',
  'contents',
  'generationConfig',
  'generation_config',
  'generateContentRequest',
  'generate_content_request'
]

/** `POST /v1beta/models/{model}:generateContent`. */
export const serveGenerate: Serve = (exchange, caller, parts, model) =>
  answer(exchange, caller, parts, { model, stream: false })

/** `POST /v1beta/models/{model}:streamGenerateContent`: events with `?alt=sse`, else one list. */
export const serveStream: Serve = (exchange, caller, parts, model) =>
  answer(exchange, caller, parts, { model, stream: true })

async function answer(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts,
  address: { model: string; stream: boolean }
): Promise<void> {
  const { body, json } = await readJsonObject(exchange, bodyLimit, freeMembers)
  const parameters = readParameters(json, address)
  const dialect = new URLSearchParams(exchange.query).get('alt') === 'sse' ? googleEvents : googleList
  await answerChat(pipeline, { exchange, caller, dialect, parameters, body, json })
}
