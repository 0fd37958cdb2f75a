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

const ranges: Readonly<Record<string, NumberRange>> = {
  // 0 fills the vendor's prompt cache without an answer
  max_tokens: whole(0, int32),
  temperature: real(0, 1),
  top_p: real(0, 1),
  top_k: whole(0, int32)
}
/** Below it, no budget can be given. There is no upper bound here: interleaved thinking may exceed `max_tokens`. */
const budgetRange = { budget_tokens: whole(1024, int32) }

/** Checks the body of a Messages request as far as no upstream should have to. Throws `bad-request`. */
export function readMessagesParameters(body: Json): ChatParameters {
  if (body.max_tokens === undefined || body.max_tokens === null) {
    throw badParameter('max_tokens', 'must be given')
  }
  return { ...readCountParameters(body), stream: readStreamFlag(body.stream) }
}

/** The same for a request to count tokens, which needs no `max_tokens`. Throws `bad-request`. */
export function readCountParameters(body: Json): ChatParameters {
  const model = readModelName(body.model)
  checkMessages(body.messages)
  checkNumbers(body, ranges)
  const { thinking } = body
  if (thinking !== undefined && thinking !== null && !isRecord(thinking)) {
    throw badParameter('thinking', 'must be an object')
  }
  if (isRecord(thinking)) checkNumbers(thinking, budgetRange)
  return { model, stream: false }
}

function checkMessages(messages: unknown): void {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw badParameter('messages', 'must be a list with at least one message')
  }
  for (const [index, message] of messages.entries()) {
    if (!isRecord(message)) throw badParameter(`messages[${index}]`, 'must be an object')
    const { role, content } = message
    if (role !== 'user' && role !== 'assistant' && role !== 'system') {
      throw badParameter(`messages[${index}].role`, 'must be user, assistant or system')
    }
    if (typeof content !== 'string' && !Array.isArray(content)) {
      throw badParameter(`messages[${index}].content`, 'must be a text or a list of blocks')
    }
  }
}
