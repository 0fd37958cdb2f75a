import { HomeportError } from '../../../errors/homeport-error.ts'
import { spliceJson } from '../../../lib/splice-json.ts'
import type { ChatAnswer, ChatCall } from '../../spec/chat.ts'
import { checkAnswerForm } from '../answer-form.ts'
import type { VendorClient } from '../openai-chat/client.ts'
import { usefulHeaders } from '../openai-chat/headers.ts'
import { readPlainAnswer } from '../plain-answer.ts'
import { readSseAnswer } from '../sse-answer.ts'
import { readTokenCount } from '../upstream-call.ts'
import { ResponseEventReader } from './event-reader.ts'
import { modelFamily } from './model-family.ts'
import { readResponse } from './read-response.ts'
import { writePrompt, writeRequest } from './write-request.ts'

/** OpenAI's Responses API at one vendor. */
export interface ResponsesClient {
  chat(call: ChatCall): Promise<ChatAnswer>
  countTokens(call: ChatCall): Promise<number>
}

/** `nameOf` gives what the vendor calls a model: on Azure, its deployment. */
export function createResponsesClient(
  vendor: VendorClient,
  nameOf: (model: string) => string = (model) => model
): ResponsesClient {
  /** Those of an unknown kind that turned out not to think. */
  const withoutReasoning = new Set<string>()

  const send = async (call: ChatCall) => {
    const name = nameOf(call.model)
    const { bytes, warnings } = writeRequest(call, {
      name,
      encryptedReasoning: !withoutReasoning.has(call.model)
    })
    const reply = await vendor.post({
      operation: 'responses',
      model: name,
      body: bytes,
      accept: call.stream ? 'text/event-stream' : 'application/json',
      signal: call.signal
    })
    return { reply, warnings }
  }

  return {
    async chat(call) {
      const { reply, warnings } = await send(call).catch((error: unknown) => {
        if (modelFamily(call.model) !== 'unknown' || !isAboutEncryption(error)) throw error
        // it refused, so nothing was generated or billed yet
        withoutReasoning.add(call.model)
        return send(call)
      })
      const { stream } = call
      await checkAnswerForm(reply, { stream, what: 'a response' })
      const { response, host, key } = reply
      return {
        wireDialect: 'openai-responses',
        headers: usefulHeaders(response.headers),
        warnings,
        events: stream
          ? readSseAnswer(reply, new ResponseEventReader(host, key))
          : readPlainAnswer(reply, readResponse)
      }
    },

    async countTokens({ model, wire, request, signal }) {
      const name = nameOf(model)
      const body =
        wire?.dialect === 'openai-responses'
          ? spliceJson(wire.body, [{ path: ['model'], value: name }])
          : Buffer.from(JSON.stringify({ model: name, ...writePrompt(request(), model, []) }))
      const reply = await vendor.post({
        operation: 'responses/input_tokens',
        model: name,
        body,
        signal
      })
      return readTokenCount(reply, 'input_tokens')
    }
  }
}

/** OpenAI: "Encrypted content is not supported with this model." */
function isAboutEncryption(error: unknown): boolean {
  return error instanceof HomeportError && error.status === 400 && /encrypted.content/i.test(error.message)
}
