import { HomeportError } from '../../errors/homeport-error.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asArray, asObject, asText } from '../shared/json.ts'
import { readJson } from '../shared/upstream-call.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { sendRequest } from './client.ts'

const PAGE = 1000
const MAX_PAGES = 5

/** Ids in the vendor's order, newest first; null where a server of the dialect has no such list. */
export function listModels(
  config: ProviderConfig,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<string[] | null> {
  return readPages(config, http, signal).catch((error: unknown) => {
    if (error instanceof HomeportError && error.status === 404) return null
    throw error
  })
}

async function readPages(config: ProviderConfig, http: UpstreamHttp, signal: AbortSignal): Promise<string[]> {
  const ids = new Set<string>()
  let after: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const from: string = after === null ? '' : `&after_id=${encodeURIComponent(after)}`
    const reply = await sendRequest(config, http, { path: `v1/models?limit=${PAGE}${from}`, signal })
    const { body: list } = await readJson(reply)
    if (!Array.isArray(list?.data)) {
      throw new HomeportError(
        'upstream-failed',
        `${reply.host} answers, but not as Anthropic's API does. Check the base URL.`
      )
    }
    for (const item of asArray(list.data)) {
      const id = asText(asObject(item)?.id)
      if (id !== null) ids.add(id)
    }
    after = list.has_more === true ? asText(list.last_id) : null
    if (after === null) break
  }
  return [...ids]
}
