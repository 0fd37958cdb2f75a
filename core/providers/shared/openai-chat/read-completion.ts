import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatEvent } from '../../spec/chat.ts'
import { asObject, asText, parseJson } from '../json.ts'
import { reportedError } from '../upstream-error.ts'
import { AnswerReader } from './read-parts.ts'

/** The one event of a plain answer. Throws `upstream-failed` for a body that is no chat completion. */
export function readCompletion(text: string, host: string, key: string | null): ChatEvent {
  const body = asObject(parseJson(text))
  if (body && body.error !== undefined && body.error !== null) throw reportedError(host, body, key)
  if (!body || !Array.isArray(body.choices)) {
    throw new HomeportError('upstream-failed', `${host} answered with something that is no chat completion.`)
  }
  const parts = new AnswerReader().read(body)
  const model = asText(body.model)
  if (model !== null) parts.unshift({ type: 'served-model', model })
  return { parts, wire: text }
}
