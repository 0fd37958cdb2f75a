import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../../spec/chat.ts'
import type { ModelProvider, ProviderConfig } from '../../spec/provider.ts'
import { readText, type UpstreamHttp, type UpstreamResponse } from '../http.ts'
import { asObject, parseJson } from '../json.ts'
import { reportedError } from '../upstream-error.ts'
import { MAX_ANSWER_BYTES, MAX_ERROR_BYTES, VendorClient } from './client.ts'
import { embed } from './embed.ts'
import { usefulHeaders } from './headers.ts'
import { raw } from './raw.ts'
import { readCompletion } from './read-completion.ts'
import { readStream } from './read-stream.ts'
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
    const posted = await client.post({
      operation: 'chat/completions',
      model: call.model,
      body: bytes,
      accept: call.stream ? 'text/event-stream' : 'application/json',
      signal: call.signal
    })
    return { ...posted, warnings }
  }

  const chat = async (call: ChatCall): Promise<ChatAnswer> => {
    const { response, host, key, warnings } = await send(call).catch((error: unknown) => {
      if (!asksForUsage || !call.stream || !isAboutStreamOptions(error)) throw error
      // an older server that does not know `stream_options`: it refused, so nothing was generated or billed yet
      asksForUsage = false
      return send(call)
    })
    await checkContentType(response, call, host, key)
    return {
      wireDialect: 'openai-chat',
      headers: usefulHeaders(response.headers),
      warnings,
      events: call.stream
        ? readStream(response.body, { host, key, signal: call.signal, clientWantsUsage: wantsUsage(call) })
        : readPlain(response, host, key, call.signal)
    }
  }

  return {
    id: config.id,
    name: config.name,
    kind: vendor.kind,
    onDevice: false,
    pricing: config.pricing,
    listModels: () => config.models.map((id) => ({ id, name: id, contextTokens: null })),
    chat,
    embed: (call) => embed(client, call),
    ...(vendor.rerank && { rerank: (call) => rerank(client, call) }),
    raw: (call) => raw(client, call)
  }
}

async function* readPlain(
  response: UpstreamResponse,
  host: string,
  key: string | null,
  signal: AbortSignal
): AsyncGenerator<ChatEvent> {
  const text = await readText(response, { host, maxBytes: MAX_ANSWER_BYTES, signal })
  yield readCompletion(text, host, key)
}

function isAboutStreamOptions(error: unknown): boolean {
  return (
    error instanceof HomeportError &&
    (error.status === 400 || error.status === 422) &&
    error.message.includes('stream_options')
  )
}

/** Throws for an answer in another form than was asked for: a log-in page, or an error object with status 200. */
async function checkContentType(
  response: UpstreamResponse,
  call: ChatCall,
  host: string,
  key: string | null
): Promise<void> {
  const type = response.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (call.stream && type === 'application/json') {
    const body = asObject(
      parseJson(await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal: call.signal }))
    )
    if (body?.error) throw reportedError(host, body, key)
    throw new HomeportError(
      'upstream-failed',
      `${host} answered in one piece although a stream was asked for.`
    )
  }
  if (type === 'text/html' || (!call.stream && type === 'text/event-stream')) {
    response.body.destroy()
    const what = type === 'text/html' ? 'a web page' : 'a stream'
    throw new HomeportError(
      'upstream-failed',
      `${host} answered with ${what} instead of a chat completion.`,
      {
        action: 'Check the base URL of the provider; a network that asks to sign in can be the cause too.'
      }
    )
  }
}
