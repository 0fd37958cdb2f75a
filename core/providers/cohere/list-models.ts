import { HomeportError } from '../../errors/homeport-error.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asArray, asObject, asText } from '../shared/json.ts'
import type { ProviderConfig } from '../spec/provider.ts'
import { readObject, sendRequest } from './client.ts'

/** What a model must be able to do to be of use here. */
const useful = ['chat', 'embed', 'rerank']

/** Format: https://docs.cohere.com/reference/list-models; a page holds more models than Cohere has. */
export async function listModels(
  config: ProviderConfig,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<string[]> {
  const answer = await sendRequest(config, http, { path: '/v1/models?page_size=1000', signal })
  const { body } = await readObject(answer)
  if (!Array.isArray(body.models)) {
    throw new HomeportError('upstream-failed', `${answer.host} answers, but not as Cohere's API does.`)
  }
  const names = asArray(body.models).flatMap((item) => {
    const model = asObject(item)
    const name = asText(model?.name)
    const isUseful = asArray(model?.endpoints).some((endpoint) => useful.includes(String(endpoint)))
    return name !== null && isUseful ? [name] : []
  })
  return names.sort()
}
