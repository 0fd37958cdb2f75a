import { normalizeBaseUrl } from '../shared/base-url.ts'
import { testByModelList } from '../shared/connection-test.ts'
import { createUpstreamHttp, type UpstreamHttp } from '../shared/http.ts'
import type { ProviderAdapter } from '../spec/provider.ts'
import { listModels } from './list-models.ts'
import { createProvider } from './provider.ts'

const kind = 'google'

/** The adapter over given connections. */
export function createAdapter(http: UpstreamHttp): ProviderAdapter {
  return {
    kind,
    label: 'Google Gemini',
    defaultBaseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    needsKey: true,
    options: [],
    normalizeBaseUrl: (baseUrl) => normalizeGoogleBaseUrl(baseUrl),
    create: (config) => createProvider(config, kind, http),
    test: (config, signal) => testByModelList(config, signal, (bounded) => listModels(config, http, bounded))
  }
}

/** `v1beta` has all that Google's `v1` has, and more: it is taken whichever was pasted, or none. */
function normalizeGoogleBaseUrl(baseUrl: string): string {
  return normalizeBaseUrl(baseUrl).replace(/\/v1$/, '/v1beta')
}

export const adapters: readonly ProviderAdapter[] = [createAdapter(createUpstreamHttp())]
