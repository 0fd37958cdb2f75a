import type { ChatParameters } from '../chat-dialect.ts'
import {
  badParameter,
  checkNumbers,
  int32,
  isRecord,
  type Json,
  type NumberRange,
  readModelName,
  readStreamFlag,
  real,
  whole
} from '../json-fields.ts'
import type { Conversation } from './conversation.ts'
import { readInputItems } from './items.ts'
import { type CalledTool, calledTools } from './tool-names.ts'

/** What the request says for itself. */
export interface RequestParameters extends ChatParameters {
  /** The body, parts of which the response repeats. */
  request: Json
  /** Its own items, without those of earlier turns. */
  items: readonly Json[]
  previousId: string | null
  /** The response is kept, to be referred back to. */
  store: boolean
  /** What the client wants to see beside the usual. */
  include: ReadonlySet<string>
  /** Tools that are not simply functions, by the name that models call them by. */
  calledTools: ReadonlyMap<string, CalledTool>
}

/** With what was said before. */
export interface ResponsesParameters extends RequestParameters {
  conversation: Conversation
}

const ranges: Readonly<Record<string, NumberRange>> = {
  temperature: real(0, 2),
  top_p: real(0, 1),
  max_output_tokens: whole(1, int32),
  max_tool_calls: whole(1, int32),
  top_logprobs: whole(0, 20)
}

/** Checks the body of a request as far as no upstream should have to. Throws `bad-request`. */
export function readParameters(body: Json): RequestParameters {
  const model = readModelName(body.model)
  const stream = readStreamFlag(body.stream)
  checkNumbers(body, ranges)
  if (body.background === true) {
    throw badParameter('background', 'is not offered: Homeport answers while the client waits')
  }
  if (body.conversation !== undefined && body.conversation !== null) {
    throw badParameter('conversation', 'is not offered: use previous_response_id')
  }
  if (body.include !== undefined && body.include !== null && !Array.isArray(body.include)) {
    throw badParameter('include', 'must be a list')
  }
  return {
    model,
    stream,
    request: body,
    items: readInputItems(body.input),
    previousId: readPreviousId(body.previous_response_id),
    store: readStore(body.store),
    include: new Set(Array.isArray(body.include) ? body.include : []),
    calledTools: calledTools(body.tools)
  }
}

function readPreviousId(id: unknown): string | null {
  if (id === undefined || id === null) return null
  if (typeof id !== 'string' || id === '' || id.length > 200) {
    throw badParameter('previous_response_id', 'must be the id of a response')
  }
  return id
}

function readStore(store: unknown): boolean {
  if (store === undefined || store === null) return true
  if (typeof store !== 'boolean') throw badParameter('store', 'must be true or false')
  return store
}

/** A member of a member: `text.format`. */
export function memberOf(body: Json, name: string, member: string): unknown {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  if (!isRecord(value)) throw badParameter(name, 'must be an object')
  return value[member] ?? undefined
}
