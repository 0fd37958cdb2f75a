import { HomeportError } from '../../../errors/homeport-error.ts'
import type { ConnectionTest, ProviderConfig } from '../../spec/provider.ts'
import { testByModelList } from '../connection-test.ts'
import { readText, type UpstreamHttp } from '../http.ts'
import { asArray, asObject, asText, parseJson } from '../json.ts'
import type { Question } from '../upstream-call.ts'
import { upstreamError } from '../upstream-error.ts'
import { keyHeaders } from './headers.ts'
import type { OpenaiChatVendor } from './vendor.ts'

const MAX_LIST_BYTES = 8 * 1024 * 1024

export function testConnection(
  config: ProviderConfig,
  vendor: Pick<OpenaiChatVendor, 'headers'>,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<ConnectionTest> {
  return testByModelList(config, signal, async (bounded) => {
    const key = await config.key()
    const keyed = vendor.headers?.(config, key) ?? keyHeaders(key)
    return listModels(http, {
      url: new URL(`${config.baseUrl}/models`),
      key,
      headers: { accept: 'application/json', ...keyed },
      signal: bounded
    })
  })
}

/** Null for a server that has no such list. */
async function listModels(http: UpstreamHttp, question: Question): Promise<string[] | null> {
  const { url, key, signal } = question
  const { host } = url
  const response = await http.send({ method: 'GET', ...question })
  const { status, headers } = response
  const body = await readText(response, { host, maxBytes: MAX_LIST_BYTES, signal })
  if (headers['content-type']?.startsWith('text/html')) {
    throw new HomeportError('upstream-failed', `${url} is a web page, not an API. Check the base URL.`)
  }
  if (status === 404 || status === 405 || status === 501) return null
  if (status !== 200) throw upstreamError({ host, status, headers, body, key })
  const ids = readModelIds(body)
  if (ids) return ids
  throw new HomeportError('upstream-failed', `${host} answers, but not as an OpenAI-compatible server does.`)
}

/** Ids of `{data: [{id}]}`, or of the bare array that Together sends; sorted. */
function readModelIds(body: string): string[] | null {
  const json = parseJson(body)
  const list = Array.isArray(json) ? json : asObject(json)?.data
  // Ollama without models says null
  if (!Array.isArray(list) && !(list === null && asObject(json)?.object === 'list')) return null
  return asArray(list)
    .flatMap((item) => asText(asObject(item)?.id) ?? [])
    .sort()
}
