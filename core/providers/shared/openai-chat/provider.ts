import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatAnswer, ChatCall } from '../../spec/chat.ts'
import type { ModelProvider, ProviderConfig } from '../../spec/provider.ts'
import { checkAnswerForm } from '../answer-form.ts'
import type { UpstreamHttp } from '../http.ts'
import { readPlainAnswer } from '../plain-answer.ts'
import { identityOf } from '../provider-identity.ts'
import { readSseAnswer } from '../sse-answer.ts'
import { VendorClient } from './client.ts'
import { embed } from './embed.ts'
import { usefulHeaders } from './headers.ts'
import { raw } from './raw.ts'
import { readCompletion } from './read-completion.ts'
import { ChunkReader } from './read-stream.ts'
import { wantsUsage, writeRequest } from './request-body.ts'
import { rerank } from './rerank.ts'
import type { OpenaiChatVendor } from './vendor.ts'

/** A model server that speaks OpenAI's chat completions. */
export function createProvider(
  config: ProviderConfig,
  vendor: OpenaiChatVendor,
  http: UpstreamHttp
): ModelProvider {
  const client = new VendorClient(config, vendor, http)
  let asksForUsage = vendor.quirks.usage === 'asked'

  /** Sends the call; what comes back is the head of an answer. */
  const send = async (call: ChatCall) => {
    const { bytes, warnings } = writeRequest(call, vendor.quirks, asksForUsage)
    const reply = await client.post({
      operation: 'chat/completions',
      model: call.model,
      body: bytes,
      accept: call.stream ? 'text/event-stream' : 'application/json',
      signal: call.signal
    })
    return { reply, warnings }
  }

  const chat = async (call: ChatCall): Promise<ChatAnswer> => {
    const { reply, warnings } = await send(call).catch((error: unknown) => {
      if (!asksForUsage || !call.stream || !isAboutStreamOptions(error)) throw error
      // an older server that does not know `stream_options`: it refused, so nothing was generated or billed yet
      asksForUsage = false
      return send(call)
    })
    const { stream } = call
    await checkAnswerForm(reply, { stream, what: 'a chat completion' })
    const { response, host, key } = reply
    return {
      wireDialect: 'openai-chat',
      headers: usefulHeaders(response.headers),
      warnings,
      events: stream
        ? readSseAnswer(reply, new ChunkReader(host, key, wantsUsage(call)))
        : readPlainAnswer(reply, readCompletion)
    }
  }

  return {
    ...identityOf(config, vendor.kind),
    chat,
    embed: (call) => embed(client, call),
    embedsTokens: true,
    ...(vendor.rerank && { rerank: (call) => rerank(client, call) }),
    raw: (call) => raw(client, call)
  }
}

function isAboutStreamOptions(error: unknown): boolean {
  return (
    error instanceof HomeportError &&
    (error.status === 400 || error.status === 422) &&
    error.message.includes('stream_options')
  )
}
