import { HomeportError } from '../../errors/homeport-error.ts'
import { readText, type UpstreamHttp } from '../shared/http.ts'
import { asArray, asObject, asText, parseJson } from '../shared/json.ts'
import type { ConnectionTest, ProviderConfig } from '../spec/provider.ts'
import { ask } from './client.ts'

const DEADLINE_MS = 8000
const MAX_LIST_BYTES = 8 * 1024 * 1024
const PAGE = 1000
const MAX_PAGES = 5
const MAX_ID_CHARS = 200

/** Asks for the list of models, which costs nothing and tells whether address and key are right. */
export async function testConnection(
  config: ProviderConfig,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<ConnectionTest> {
  const { host } = new URL(config.baseUrl)
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const startedAt = performance.now()
  try {
    const models = await listModels(config, http, AbortSignal.any([signal, deadline]))
    const latencyMs = Math.round(performance.now() - startedAt)
    const found = models.length === 1 ? '1 model' : `${models.length} models`
    return { ok: true, message: `Works. ${found}.`, latencyMs, models }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof HomeportError && error.status === 404) {
      const message = `${host} answers, but has no list of models: name the models to use.`
      return { ok: true, message, latencyMs: Math.round(performance.now() - startedAt), models: [] }
    }
    return { ok: false, message: wordsOf(error, host, deadline), latencyMs: null, models: [] }
  }
}

/** Ids in the vendor's order, newest first. */
async function listModels(
  config: ProviderConfig,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<string[]> {
  const ids = new Set<string>()
  let after: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const from: string = after === null ? '' : `&after_id=${encodeURIComponent(after)}`
    const { response, host } = await ask(config, http, { path: `v1/models?limit=${PAGE}${from}`, signal })
    const list = asObject(parseJson(await readText(response, { host, maxBytes: MAX_LIST_BYTES, signal })))
    if (!Array.isArray(list?.data)) {
      throw new HomeportError(
        'upstream-failed',
        `${host} answers, but not as Anthropic's API does. Check the base URL.`
      )
    }
    for (const item of asArray(list.data)) {
      const id = asText(asObject(item)?.id)
      if (id !== null && id.length <= MAX_ID_CHARS) ids.add(id)
    }
    after = list.has_more === true ? asText(list.last_id) : null
    if (after === null) break
  }
  return [...ids]
}

function wordsOf(error: unknown, host: string, deadline: AbortSignal): string {
  if (deadline.aborted) return `${host} did not answer within ${DEADLINE_MS / 1000} seconds.`
  if (error instanceof HomeportError) return error.message
  return `${host} could not be tested.`
}
