import { newId } from '../../lib/ids.ts'
import { asArray, asObject, asText, type JsonObject } from '../shared/json.ts'
import type { ChatPart } from '../spec/chat.ts'
import type { VendorSignature } from '../spec/prompt.ts'
import { readFinishReason } from './finish-reason.ts'
import { readLogprobs } from './logprobs.ts'
import { readUsage } from './usage.ts'

/**
 * What a `GenerateContentResponse`, or the chunks of a streamed one, mean. Of several candidates only the first is read;
 * all of them stay in the wire form.
 */
export class AnswerReader {
  #calls = 0
  #servedModel: string | null = null
  #isComplete = false
  /** Queries that grounded the answer. */
  #searches = 0

  /** A finish reason has come, or the reason why there is no answer. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  read(body: JsonObject): ChatPart[] {
    const parts: ChatPart[] = []
    const model = asText(body.modelVersion)
    if (model !== null && model !== this.#servedModel) {
      this.#servedModel = model
      parts.push({ type: 'served-model', model })
    }
    const candidates = asArray(body.candidates)
    for (const item of candidates) {
      const candidate = asObject(item)
      if (candidate && (candidate.index ?? 0) === 0) this.#readCandidate(candidate, parts)
    }
    if (candidates.length === 0 && asText(asObject(body.promptFeedback)?.blockReason) !== null) {
      this.#isComplete = true
      parts.push({ type: 'finish', reason: 'content-filter' })
    }
    const usage = readUsage(body.usageMetadata, this.#searches)
    if (usage) parts.push({ type: 'usage', usage })
    return parts
  }

  #readCandidate(candidate: JsonObject, parts: ChatPart[]): void {
    for (const item of asArray(asObject(candidate.content)?.parts)) {
      const part = asObject(item)
      if (part) this.#readPart(part, parts)
    }
    const queries = asArray(asObject(candidate.groundingMetadata)?.webSearchQueries).length
    this.#searches = Math.max(this.#searches, queries)
    const tokens = readLogprobs(candidate.logprobsResult)
    if (tokens.length > 0) parts.push({ type: 'logprobs', tokens })
    const reason = readFinishReason(candidate.finishReason, this.#calls > 0)
    if (reason) {
      this.#isComplete = true
      parts.push({ type: 'finish', reason })
    }
  }

  #readPart(part: JsonObject, parts: ChatPart[]): void {
    const signature = readSignature(part.thoughtSignature)
    const call = asObject(part.functionCall)
    if (call) {
      this.#readCall(call, signature, parts)
      return
    }
    const text = asText(part.text)
    const isThought = part.thought === true
    if (text !== null) parts.push({ type: isThought ? 'reasoning-delta' : 'text-delta', text })
    const blob = asObject(part.inlineData)
    const mediaType = asText(blob?.mimeType)
    const data = asText(blob?.data)
    if (mediaType !== null && data !== null) parts.push({ type: 'media', mediaType, data })
    // on anything but a thought, the signature stands for thoughts that are not shown
    if (signature) {
      parts.push({ type: 'reasoning-signature', signature, ...(!(isThought && text) && { redacted: true }) })
    }
  }

  #readCall(call: JsonObject, signature: VendorSignature | null, parts: ChatPart[]): void {
    const name = asText(call.name)
    if (name === null) return
    const index = this.#calls++
    const id = asText(call.id) ?? newId()
    parts.push({ type: 'tool-call-start', index, id, name, ...(signature && { signature }) })
    parts.push({ type: 'tool-call-delta', index, arguments: JSON.stringify(asObject(call.args) ?? {}) })
  }
}

function readSignature(value: unknown): VendorSignature | null {
  const signature = asText(value)
  return signature === null ? null : { vendor: 'google', value: signature }
}
