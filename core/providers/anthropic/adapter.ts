import { testByModelList } from '../shared/connection-test.ts'
import { createUpstreamHttp, type UpstreamHttp } from '../shared/http.ts'
import type { ProviderAdapter } from '../spec/provider.ts'
import { normalizeAnthropicUrl } from './base-url.ts'
import { listModels } from './list-models.ts'
import { createProvider } from './provider.ts'

const kind = 'anthropic'

/** The adapter over given connections. */
export function createAdapter(http: UpstreamHttp): ProviderAdapter {
  return {
    kind,
    label: 'Anthropic',
    defaultBaseUrl: 'https://api.anthropic.com',
    needsKey: true,
    options: [],
    normalizeBaseUrl: normalizeAnthropicUrl,
    create: (config) => createProvider(config, kind, http),
    test: (config, signal) => testByModelList(config, signal, (bounded) => listModels(config, http, bounded))
  }
}

export const adapters: readonly ProviderAdapter[] = [createAdapter(createUpstreamHttp())]
