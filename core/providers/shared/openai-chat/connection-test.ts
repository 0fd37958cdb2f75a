import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ConnectionTest, ProviderConfig } from '../../spec/provider.ts'
import { readText, type UpstreamHttp } from '../http.ts'
import { asArray, asObject, asText, parseJson } from '../json.ts'
import { upstreamError } from '../upstream-error.ts'
import { keyHeaders } from './headers.ts'
import type { OpenaiChatVendor } from './vendor.ts'

const DEADLINE_MS = 8000
const MAX_LIST_BYTES = 8 * 1024 * 1024
const MAX_MODELS = 2000
const MAX_ID_CHARS = 200

/** Asks the server for its list of models, which costs nothing and tells whether address and key are right. */
export async function testConnection(
  config: ProviderConfig,
  vendor: Pick<OpenaiChatVendor, 'headers'>,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<ConnectionTest> {
  const url = new URL(`${config.baseUrl}/models`)
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const startedAt = performance.now()
  try {
    const key = await config.key()
    const headers = vendor.headers?.(config, key) ?? keyHeaders(key)
    const { message, models } = await askForModels({
      url,
      key,
      headers,
      http,
      signal: AbortSignal.any([signal, deadline])
    })
    return { ok: true, message, latencyMs: Math.round(performance.now() - startedAt), models }
  } catch (error) {
    signal.throwIfAborted()
    return { ok: false, message: wordsOf(error, url.host, deadline), latencyMs: null, models: [] }
  }
}

interface Question {
  url: URL
  key: string | null
  headers: Record<string, string>
  http: UpstreamHttp
  signal: AbortSignal
}

async function askForModels({ url, key, headers: keyed, http, signal }: Question) {
  const { host } = url
  const response = await http.send({
    method: 'GET',
    url,
    headers: { accept: 'application/json', ...keyed },
    signal
  })
  const { status, headers } = response
  const body = await readText(response, { host, maxBytes: MAX_LIST_BYTES, signal })
  const isPage = headers['content-type']?.startsWith('text/html') === true
  if ((status === 404 || status === 405 || status === 501) && !isPage) {
    return { message: `${host} answers, but has no list of models: name the models to use.`, models: [] }
  }
  if (isPage) {
    throw new HomeportError('upstream-failed', `${url} is a web page, not an API. Check the base URL.`)
  }
  if (status !== 200) throw upstreamError({ host, status, headers, body, key })
  const models = readModelIds(body)
  if (models === null) {
    throw new HomeportError(
      'upstream-failed',
      `${host} answers, but not as an OpenAI-compatible server does.`
    )
  }
  return { message: `Works. ${models.length === 1 ? '1 model' : `${models.length} models`}.`, models }
}

/** Ids of `{data: [{id}]}`, or of the bare array that Together sends; sorted, each once. */
function readModelIds(body: string): string[] | null {
  const json = parseJson(body)
  const list = Array.isArray(json) ? json : asObject(json)?.data
  // Ollama without models says null
  if (!Array.isArray(list) && !(list === null && asObject(json)?.object === 'list')) return null
  const ids = asArray(list).flatMap((item) => asText(asObject(item)?.id) ?? [])
  return [...new Set(ids)]
    .filter((id) => id.length <= MAX_ID_CHARS)
    .sort()
    .slice(0, MAX_MODELS)
}

function wordsOf(error: unknown, host: string, deadline: AbortSignal): string {
  if (deadline.aborted) return `${host} did not answer within ${DEADLINE_MS / 1000} seconds.`
  if (error instanceof HomeportError) return error.message
  return `${host} could not be tested.`
}
