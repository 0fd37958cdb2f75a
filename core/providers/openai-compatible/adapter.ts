import { normalizeBaseUrl } from '../shared/base-url.ts'
import { createUpstreamHttp, type UpstreamHttp } from '../shared/http.ts'
import { testConnection } from '../shared/openai-chat/connection-test.ts'
import { createProvider } from '../shared/openai-chat/provider.ts'
import { commonQuirks, openaiQuirks } from '../shared/openai-chat/vendor.ts'
import type { ProviderAdapter } from '../spec/provider.ts'

const kind = 'openai-compatible'

/** The adapter over given connections. */
export function createAdapter(http: UpstreamHttp): ProviderAdapter {
  return {
    kind,
    label: 'OpenAI-compatible server',
    defaultBaseUrl: null,
    needsKey: false,
    options: [],
    normalizeBaseUrl,
    create: (config) =>
      createProvider(
        config,
        {
          kind,
          quirks: new URL(config.baseUrl).hostname === 'api.openai.com' ? openaiQuirks : commonQuirks,
          rerank: true
        },
        http
      ),
    test: (config, signal) => testConnection(config, {}, http, signal)
  }
}

export const adapters: readonly ProviderAdapter[] = [createAdapter(createUpstreamHttp())]
