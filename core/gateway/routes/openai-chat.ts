import type { Caller } from '../../pipeline/context.ts'
import { answerChat } from '../answer-chat.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { openaiChat } from '../dialects/openai-chat/dialect.ts'
import { readChatParameters } from '../dialects/openai-chat/parameters.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'

/** Where a JSON schema may stand, whose properties may have any name. */
const schemaMembers = ['response_format', 'tools', 'functions']

/** `POST /v1/chat/completions`. */
export async function serveChat(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts
): Promise<void> {
  const { body, json } = await readJsonObject(exchange, bodyLimit, schemaMembers)
  const parameters = readChatParameters(json)
  await answerChat(pipeline, { exchange, caller, dialect: openaiChat, parameters, body, json })
}
