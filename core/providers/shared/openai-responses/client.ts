import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../../spec/chat.ts'
import { readText } from '../http.ts'
import { asCount, asObject, parseJson } from '../json.ts'
import { MAX_ANSWER_BYTES, MAX_ERROR_BYTES, type Posted, type VendorClient } from '../openai-chat/client.ts'
import { usefulHeaders } from '../openai-chat/headers.ts'
import { spliceJson } from '../splice-json.ts'
import { readSseAnswer } from '../sse-answer.ts'
import { reportedError } from '../upstream-error.ts'
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
    const posted = await vendor.post({
      operation: 'responses',
      model: name,
      body: bytes,
      accept: call.stream ? 'text/event-stream' : 'application/json',
      signal: call.signal
    })
    return { posted, warnings }
  }

  return {
    async chat(call) {
      const { posted, warnings } = await send(call).catch((error: unknown) => {
        if (modelFamily(call.model) !== 'unknown' || !isAboutEncryption(error)) throw error
        // it refused, so nothing was generated or billed yet
        withoutReasoning.add(call.model)
        return send(call)
      })
      await checkContentType(posted, call)
      const { response, host, key } = posted
      return {
        wireDialect: 'openai-responses',
        headers: usefulHeaders(response.headers),
        warnings,
        events: call.stream
          ? readSseAnswer(response.body, new ResponseEventReader(host, key), { host, signal: call.signal })
          : readPlain(posted, call.signal)
      }
    },

    async countTokens({ model, wire, request, signal }) {
      const name = nameOf(model)
      const body =
        wire?.dialect === 'openai-responses'
          ? spliceJson(wire.body, [{ path: ['model'], value: name }])
          : Buffer.from(JSON.stringify({ model: name, ...writePrompt(request(), model, []) }))
      const { response, host } = await vendor.post({
        operation: 'responses/input_tokens',
        model: name,
        body,
        signal
      })
      const text = await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })
      const count = asCount(asObject(parseJson(text))?.input_tokens)
      if (count !== null) return count
      throw new HomeportError(
        'upstream-failed',
        `${host} answered with something that is no count of tokens.`
      )
    }
  }
}

async function* readPlain({ response, host, key }: Posted, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  yield readResponse(await readText(response, { host, maxBytes: MAX_ANSWER_BYTES, signal }), host, key)
}

/** OpenAI: "Encrypted content is not supported with this model." */
function isAboutEncryption(error: unknown): boolean {
  return error instanceof HomeportError && error.status === 400 && /encrypted.content/i.test(error.message)
}

/** Throws for an answer in another form than was asked for: a log-in page, or an error object with status 200. */
async function checkContentType(
  { response, host, key }: Posted,
  { stream, signal }: ChatCall
): Promise<void> {
  const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (stream && type === 'application/json') {
    const body = asObject(parseJson(await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })))
    if (body?.error) throw reportedError(host, body, key)
    throw new HomeportError(
      'upstream-failed',
      `${host} answered in one piece although a stream was asked for.`
    )
  }
  if (type !== 'text/html' && (stream || type !== 'text/event-stream')) return
  response.body.destroy()
  throw new HomeportError(
    'upstream-failed',
    `${host} answered with ${type === 'text/html' ? 'a web page' : 'a stream'} instead of a response.`,
    { action: 'Check the base URL of the provider; a network that asks to sign in can be the cause too.' }
  )
}
