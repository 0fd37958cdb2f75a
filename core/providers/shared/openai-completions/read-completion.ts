import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatEvent, ChatPart } from '../../spec/chat.ts'
import { asArray, asObject, asText, type JsonObject, parseJson } from '../json.ts'
import { readFinishReason } from '../openai-chat/finish-reason.ts'
import { readUsage } from '../openai-chat/usage.ts'
import type { StreamReader } from '../sse-answer.ts'
import { reportedError } from '../upstream-error.ts'

/** The one event of a plain answer. Throws `upstream-failed` for a body that is no text completion. */
export function readTextCompletion(text: string, host: string, key: string | null): ChatEvent {
  const body = asObject(parseJson(text))
  if (body?.error) throw reportedError(host, body, key)
  if (!body || !Array.isArray(body.choices)) {
    throw new HomeportError('upstream-failed', `${host} answered with something that is no text completion.`)
  }
  return { parts: readParts(body), wire: text }
}

/** Reads the chunks of a streamed text completion, which `[DONE]` ends. */
export class TextCompletionReader implements StreamReader {
  done = false
  readonly #host: string
  readonly #key: string | null
  readonly #wantsUsage: boolean

  constructor(host: string, key: string | null, wantsUsage: boolean) {
    this.#host = host
    this.#key = key
    this.#wantsUsage = wantsUsage
  }

  read(chunk: JsonObject): ChatPart[] {
    if (chunk.error) throw reportedError(this.#host, chunk, this.#key)
    return readParts(chunk)
  }

  withholds({ choices, usage }: JsonObject): boolean {
    return !this.#wantsUsage && asArray(choices).length === 0 && asObject(usage) !== null
  }

  end(): void {
    this.done = true
  }
}

/** Of several choices only the first is read; all of them stay in the wire form. */
function readParts(body: JsonObject): ChatPart[] {
  const parts: ChatPart[] = []
  const model = asText(body.model)
  if (model !== null) parts.push({ type: 'served-model', model })
  for (const item of asArray(body.choices)) {
    const choice = asObject(item)
    if (!choice || (choice.index ?? 0) !== 0) continue
    const text = asText(choice.text)
    if (text !== null) parts.push({ type: 'text-delta', text })
    const reason = readFinishReason(choice.finish_reason)
    if (reason) parts.push({ type: 'finish', reason })
  }
  const usage = readUsage(body.usage, body.service_tier)
  if (usage) parts.push({ type: 'usage', usage })
  return parts
}
