import { HomeportError } from '../../errors/homeport-error.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asArray, asObject, asText } from '../shared/json.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { readObject, sendRequest } from './client.ts'

const PAGE_SIZE = 1000
const MAX_PAGES = 5
/** What a model must be able to do to be of use here. */
const useful = ['generateContent', 'embedContent']

/** Ids of the models that can chat or embed. */
export async function listModels(
  config: ProviderConfig,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<string[]> {
  const ids = new Set<string>()
  let pageToken: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const url = new URL(`${config.baseUrl}/models`)
    url.searchParams.set('pageSize', String(PAGE_SIZE))
    if (pageToken !== null) url.searchParams.set('pageToken', pageToken)
    const { body } = await readObject(await sendRequest(config, http, { url, signal }))
    if (!Array.isArray(body.models) && Object.keys(body).length > 0) {
      throw new HomeportError('upstream-failed', `${url.host} answers, but not as Google's Gemini API does.`)
    }
    for (const model of asArray(body.models)) for (const id of usefulId(model)) ids.add(id)
    pageToken = asText(body.nextPageToken)
    if (pageToken === null) break
  }
  return [...ids].sort()
}

/** The id of a model that can chat or embed. */
function usefulId(value: unknown): string[] {
  const model = asObject(value)
  const id = asText(model?.name)?.replace(/^models\//, '')
  const methods = model?.supportedGenerationMethods
  const isUseful = !Array.isArray(methods) || methods.some((method) => useful.includes(String(method)))
  return id && isUseful ? [id] : []
}
