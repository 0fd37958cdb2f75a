import { HomeportError } from '../../errors/homeport-error.ts'
import type { Caller } from '../../pipeline/context.ts'
import { answerChat } from '../answer-chat.ts'
import type { DialectParts } from '../dialect-routes.ts'
import { anthropicMessages } from '../dialects/anthropic-messages/dialect.ts'
import { readMessagesParameters } from '../dialects/anthropic-messages/parameters.ts'
import type { Exchange } from '../exchange.ts'
import { readJsonObject } from '../read-json.ts'

/** Where a JSON schema or the arguments of a call may stand, whose members may have any name. */
export const freeMembers = ['messages', 'tools', 'output_config', 'output_format', 'mcp_servers']

/** `POST /v1/messages`. */
export async function serveMessages(
  exchange: Exchange,
  caller: Caller,
  { pipeline, bodyLimit }: DialectParts
): Promise<void> {
  const { body, json } = await readJsonObject(exchange, bodyLimit, freeMembers)
  await answerChat(pipeline, {
    exchange,
    caller,
    dialect: anthropicMessages,
    parameters: readMessagesParameters(json),
    body,
    json,
    forwardedHeaders: anthropicHeaders(exchange)
  })
}

const headerNames = ['anthropic-version', 'anthropic-beta'] as const
const maxHeaderLength = 2000

/** The headers that change what a request means, for an upstream of the same dialect. Throws `bad-request`. */
export function anthropicHeaders({ req }: Exchange): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of headerNames) {
    const value = req.headers[name]
    const text = Array.isArray(value) ? value.join(',') : value
    if (text === undefined || text === '') continue
    if (text.length > maxHeaderLength) {
      throw new HomeportError('bad-request', `The header ${name} is too long.`, { param: name })
    }
    headers[name] = text
  }
  return headers
}
