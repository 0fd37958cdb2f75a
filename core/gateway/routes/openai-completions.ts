import type { Caller } from '../../pipeline/context.ts'
import { answerChat } from '../answer-chat.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { openaiCompletions } from '../dialects/openai-completions/dialect.ts'
import { readParameters } from '../dialects/openai-completions/request.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'

/** `POST /v1/completions`. */
export async function serveCompletions(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts
): Promise<void> {
  const { body, json } = await readJsonObject(exchange, bodyLimit)
  const parameters = readParameters(json)
  await answerChat(pipeline, { exchange, caller, dialect: openaiCompletions, parameters, body, json })
}
