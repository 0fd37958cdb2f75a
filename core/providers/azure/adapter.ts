import { createUpstreamHttp, type UpstreamHttp } from '../shared/http.ts'
import { testConnection } from '../shared/openai-chat/connection-test.ts'
import type { ProviderAdapter } from '../spec/provider.ts'
import { normalizeResourceUrl } from './address.ts'
import { readDeployments } from './deployments.ts'
import { azure, createAzure } from './provider.ts'

/** The adapter over given connections. */
export function createAdapter(http: UpstreamHttp): ProviderAdapter {
  return {
    kind: azure.kind,
    label: 'Azure OpenAI',
    // every resource has a host of its own
    defaultBaseUrl: null,
    needsKey: true,
    options: [
      {
        name: 'apiVersion',
        label: 'API version',
        hint: 'Empty for the v1 API. A dated one, such as 2024-10-21, for a resource that does not have it yet.',
        required: false
      },
      {
        name: 'deployments',
        label: 'Deployments',
        hint: 'Where a deployment is not named like its model: gpt-5=prod-gpt5, gpt-4o=chat',
        required: false
      }
    ],
    normalizeBaseUrl: normalizeResourceUrl,
    create: (config) => createAzure(config, http),
    async test(config, signal) {
      // the list holds every model that could be deployed, not those that are
      const asked = { ...config, baseUrl: `${config.baseUrl}/openai/v1` }
      const result = await testConnection(asked, azure, http, signal)
      if (!result.ok) return result
      const models = [...readDeployments(config.options.deployments).keys()]
      return { ...result, models, message: 'Works. Name the deployments to use.' }
    }
  }
}

export const adapters: readonly ProviderAdapter[] = [createAdapter(createUpstreamHttp())]
