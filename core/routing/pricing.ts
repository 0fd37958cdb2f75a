import { ownVendor } from '../contract/pricing-vendors.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import { isLoopback, localServers } from './local-servers.ts'

/** Whose price list applies to an address. Ids are the price table's. */
const vendorOfHost: Readonly<Record<string, string>> = {
  'api.openai.com': 'openai',
  'api.anthropic.com': 'anthropic',
  'generativelanguage.googleapis.com': 'google',
  'api.mistral.ai': 'mistral',
  'api.groq.com': 'groq',
  'api.deepseek.com': 'deepseek',
  'api.x.ai': 'xai',
  'openrouter.ai': 'openrouter',
  'api.together.xyz': 'together',
  'api.together.ai': 'together',
  'api.fireworks.ai': 'fireworks',
  'api.cerebras.ai': 'cerebras',
  'api.perplexity.ai': 'perplexity',
  'api.moonshot.ai': 'moonshotai',
  'api.z.ai': 'zai',
  'api.cohere.com': 'cohere',
  // in mainland China, Qwen has other prices
  'dashscope-intl.aliyuncs.com': 'qwen'
}

type PricedProvider = Pick<ModelProvider, 'id'> & { baseUrl: string }

/** Hosts of a person's own resource. */
const azureHost = /\.(openai|services\.ai|cognitiveservices)\.azure\.com$/

/**
 * Whose prices hold, by what the person chose; `auto` goes by the address. A program on this machine counts as free only
 * on the usual port of one that runs models: any other may pass calls on to who charges for them.
 * Where nobody's list holds, there are only the prices that the person set for this very provider.
 */
export function resolvePricing(choice: string, { id, baseUrl }: PricedProvider): ModelProvider['pricing'] {
  if (choice === 'free' || choice === 'unknown') return choice
  if (choice !== 'auto') return { vendor: choice }
  const url = new URL(baseUrl)
  const vendor = vendorOfHost[url.hostname]
  if (vendor !== undefined) return { vendor }
  if (azureHost.test(url.hostname)) return { vendor: 'azure' }
  const runsModels = isLoopback(url.hostname) && localServers.some(({ port }) => String(port) === url.port)
  return runsModels ? 'free' : { vendor: ownVendor(id) }
}
