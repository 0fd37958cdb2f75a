import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ChatAnswer, ChatCall, ChatEvent } from '../../spec/chat.ts'
import type { ModelProvider, ProviderConfig } from '../../spec/provider.ts'
import { readText, type UpstreamHttp, type UpstreamResponse } from '../http.ts'
import { asObject, parseJson } from '../json.ts'
import { reportedError, upstreamError } from '../upstream-error.ts'
import { requestHeaders, usefulHeaders } from './headers.ts'
import { readCompletion } from './read-completion.ts'
import { readStream } from './read-stream.ts'
import { type RequestStyle, wantsUsage, writeRequest } from './request-body.ts'

/** A whole answer may hold images and sound as text; an error is a few words. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024
const MAX_ERROR_BYTES = 256 * 1024

/** A model server that speaks OpenAI's chat completions. */
export function createProvider(config: ProviderConfig, kind: string, http: UpstreamHttp): ModelProvider {
  const url = new URL(`${config.baseUrl}/chat/completions`)
  const { host } = url
  let style: RequestStyle = { includeUsage: true, strict: url.hostname === 'api.openai.com' }

  /** Sends the call; what comes back is the head of an answer. */
  const send = async (call: ChatCall, key: string | null) => {
    const { bytes, warnings } = writeRequest(call, style)
    const headers = requestHeaders(key, call.stream ? 'text/event-stream' : 'application/json')
    const { signal } = call
    const response = await http.send({ method: 'POST', url, headers, body: bytes, signal })
    if (response.status >= 200 && response.status < 300) return { response, warnings }
    const body = await readText(response, { host, maxBytes: MAX_ERROR_BYTES, signal })
    throw upstreamError({ host, status: response.status, headers: response.headers, body, key })
  }

  const chat = async (call: ChatCall): Promise<ChatAnswer> => {
    const key = await config.key()
    const { response, warnings } = await send(call, key).catch((error: unknown) => {
      if (!style.includeUsage || !call.stream || !isAboutStreamOptions(error)) throw error
      // an older server that does not know `stream_options`: it refused, so nothing was generated or billed yet
      style = { ...style, includeUsage: false }
      return send(call, key)
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
    kind,
    onDevice: false,
    pricing: config.pricing,
    listModels: () => config.models.map((id) => ({ id, name: id, contextTokens: null })),
    chat
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
