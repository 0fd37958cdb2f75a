import { spliceJson } from '../../lib/splice-json.ts'
import type { UpstreamHttp } from '../shared/http.ts'
import { VendorClient } from '../shared/openai-chat/client.ts'
import { createProvider } from '../shared/openai-chat/provider.ts'
import { type OpenaiChatVendor, openaiQuirks } from '../shared/openai-chat/vendor.ts'
import { completeText, textCompletionWire } from '../shared/openai-completions/client.ts'
import { createResponsesClient } from '../shared/openai-responses/client.ts'
import { needsChat, needsResponses } from '../shared/openai-responses/model-family.ts'
import { modelOfName } from '../shared/provider-identity.ts'
import type { RawCall } from '../spec/operations.ts'
import type { ModelProvider, ProviderConfig } from '../spec/provider.ts'
import { isDated, operationUrl } from './address.ts'
import { readDeployments } from './deployments.ts'

export const azure: OpenaiChatVendor = {
  kind: 'azure',
  quirks: openaiQuirks,
  url: operationUrl,
  headers: (_, key): Record<string, string> => (key === null ? {} : { 'api-key': key })
}

/**
 * OpenAI's models as deployments of a resource of Azure. As at OpenAI itself, all but chat and text completions speak the
 * Responses API; the dated versions of Azure's own API speak chat completions only.
 */
export function createAzure(config: ProviderConfig, http: UpstreamHttp): ModelProvider {
  const deployments = readDeployments(config.options.deployments)
  const deploymentOf = (model: string): string => deployments.get(model) ?? model
  const deployed = <Call extends { model: string }>(call: Call): Call => ({
    ...call,
    model: deploymentOf(call.model)
  })
  const client = new VendorClient(config, azure, http)
  const chat = createProvider(config, azure, http)
  const responses = createResponsesClient(client, deploymentOf)
  const hasResponses = !isDated(config.options.apiVersion)
  const { embed, raw } = chat
  return {
    ...chat,
    listModels: () => [...new Set([...config.models, ...deployments.keys()])].map(modelOfName),
    chat(call) {
      const completion = textCompletionWire(call)
      if (completion) return completeText(client, deployed(call), completion)
      const isChat = call.wire?.dialect === 'openai-chat' && !needsResponses(call.model)
      return hasResponses && !isChat && !needsChat(call.model)
        ? responses.chat(call)
        : chat.chat(deployed(call))
    },
    ...(embed && { embed: (call) => embed(deployed(call)) }),
    ...(raw && { raw: (call) => raw(named(call, deploymentOf)) })
  }
}

/** A raw request with the deployment's name in place of the model's, where it is JSON. */
function named(call: RawCall, deploymentOf: (model: string) => string): RawCall {
  if (!call.contentType.startsWith('application/json')) return call
  const { model }: { model?: unknown } = JSON.parse(call.body.toString('utf8'))
  if (typeof model !== 'string') return call
  return { ...call, body: spliceJson(call.body, [{ path: ['model'], value: deploymentOf(model) }]) }
}
