import { HomeportError } from '../../errors/homeport-error.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { asArray, asObject, asText } from '../shared/json.ts'
import type { ConnectionTest, ProviderConfig } from '../spec/provider.ts'
import { readObject, sendRequest } from './client.ts'

const DEADLINE_MS = 8000
const MAX_ID_CHARS = 200
/** What a model must be able to do to be of use here. */
const useful = ['chat', 'embed', 'rerank']

/** Asks for the list of models, which costs nothing and tells whether address and key are right. */
export async function testConnection(
  config: ProviderConfig,
  http: UpstreamHttp,
  signal: AbortSignal
): Promise<ConnectionTest> {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const startedAt = performance.now()
  try {
    const models = await listModels(config, http, AbortSignal.any([signal, deadline]))
    const message = `Works. ${models.length === 1 ? '1 model' : `${models.length} models`}.`
    return { ok: true, message, latencyMs: Math.round(performance.now() - startedAt), models }
  } catch (error) {
    signal.throwIfAborted()
    return { ok: false, message: wordsOf(error, config, deadline), latencyMs: null, models: [] }
  }
}

/** Format: https://docs.cohere.com/reference/list-models; a page holds more models than Cohere has. */
async function listModels(
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
    return name !== null && name.length <= MAX_ID_CHARS && isUseful ? [name] : []
  })
  return [...new Set(names)].sort()
}

function wordsOf(error: unknown, { baseUrl }: ProviderConfig, deadline: AbortSignal): string {
  const { host } = new URL(baseUrl)
  if (deadline.aborted) return `${host} did not answer within ${DEADLINE_MS / 1000} seconds.`
  return error instanceof HomeportError ? error.message : `${host} could not be tested.`
}
