import { normalizeBaseUrl } from '../shared/base-url.ts'
import { testByModelList } from '../shared/connection-test.ts'
import { createUpstreamHttp, type UpstreamHttp } from '../shared/http.ts'
import type { ProviderAdapter } from '../spec/provider.ts'
import { listModels } from './list-models.ts'
import { createProvider } from './provider.ts'

const kind = 'cohere'

/** The adapter over given connections. */
export function createAdapter(http: UpstreamHttp): ProviderAdapter {
  return {
    kind,
    label: 'Cohere',
    defaultBaseUrl: 'https://api.cohere.com',
    needsKey: true,
    options: [
      {
        name: 'safetyMode',
        label: 'Safety mode',
        hint: 'Which safety instruction Cohere adds to a prompt without tools: CONTEXTUAL (usual), STRICT or OFF.',
        required: false
      }
    ],
    normalizeBaseUrl: (baseUrl) => withoutVersion(normalizeBaseUrl(baseUrl)),
    create: (config) => createProvider(config, kind, http),
    test: (config, signal) => testByModelList(config, signal, (bounded) => listModels(config, http, bounded))
  }
}

/** Chats are asked under `/v2`, the list of models under `/v1`: the address that is saved has neither. */
const withoutVersion = (baseUrl: string): string => baseUrl.replace(/\/v[12](\/(chat|embed|rerank))?$/, '')

export const adapters: readonly ProviderAdapter[] = [createAdapter(createUpstreamHttp())]
