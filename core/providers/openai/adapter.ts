import { normalizeBaseUrl } from '../shared/base-url.ts'
import { createUpstreamHttp, type UpstreamHttp } from '../shared/http.ts'
import { VendorClient } from '../shared/openai-chat/client.ts'
import { testConnection } from '../shared/openai-chat/connection-test.ts'
import { keyHeaders } from '../shared/openai-chat/headers.ts'
import { createProvider } from '../shared/openai-chat/provider.ts'
import { type OpenaiChatVendor, openaiQuirks } from '../shared/openai-chat/vendor.ts'
import { completeText, textCompletionWire } from '../shared/openai-completions/client.ts'
import { createResponsesClient } from '../shared/openai-responses/client.ts'
import { needsChat, needsResponses } from '../shared/openai-responses/model-family.ts'
import type { ModelProvider, ProviderAdapter, ProviderConfig } from '../spec/provider.ts'

const openai: OpenaiChatVendor = {
  kind: 'openai',
  // what agents send that know only "an OpenAI-compatible API", and its models that think refuse by its old name
  quirks: { ...openaiQuirks, renames: { max_tokens: 'max_completion_tokens' } },
  headers: ({ options }, key) => ({
    ...keyHeaders(key),
    ...(options.organization && { 'openai-organization': options.organization }),
    ...(options.project && { 'openai-project': options.project })
  })
}

/**
 * OpenAI itself. Chat completions and text completions are handed on where they came in as such; all else speaks the
 * Responses API, which alone gives back what its models thought.
 */
function createOpenai(config: ProviderConfig, http: UpstreamHttp): ModelProvider {
  const client = new VendorClient(config, openai, http)
  const chat = createProvider(config, openai, http)
  const responses = createResponsesClient(client)
  return {
    ...chat,
    chat(call) {
      const completion = textCompletionWire(call)
      if (completion) return completeText(client, call, completion)
      const isChat = call.wire?.dialect === 'openai-chat' && !needsResponses(call.model)
      return isChat || needsChat(call.model) ? chat.chat(call) : responses.chat(call)
    },
    countTokens: responses.countTokens
  }
}

/** The adapter over given connections. */
export function createAdapter(http: UpstreamHttp): ProviderAdapter {
  return {
    kind: openai.kind,
    label: 'OpenAI',
    defaultBaseUrl: 'https://api.openai.com/v1',
    needsKey: true,
    options: [
      {
        name: 'organization',
        label: 'Organization',
        hint: 'Only for a key that belongs to several organizations, such as org-AbC123.',
        required: false
      },
      {
        name: 'project',
        label: 'Project',
        hint: 'Whose usage it counts as, such as proj_AbC123. A key of a project needs none.',
        required: false
      }
    ],
    normalizeBaseUrl,
    create: (config) => createOpenai(config, http),
    test: (config, signal) => testConnection(config, openai, http, signal)
  }
}

export const adapters: readonly ProviderAdapter[] = [createAdapter(createUpstreamHttp())]
