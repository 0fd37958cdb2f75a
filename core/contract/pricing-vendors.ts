/** Whose price lists come with Homeport, by the ids of its table. */
export const pricingVendors = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'groq',
  'deepseek',
  'xai',
  'openrouter',
  'together',
  'fireworks',
  'cerebras',
  'moonshotai',
  'zai',
  'azure',
  'cohere',
  'perplexity',
  'qwen'
] as const

const OWN = 'provider/'
/** Stands for a provider of the person's own in the place of a vendor: its only prices are those that they set. */
export const ownVendor = (providerId: string): string => `${OWN}${providerId}`
/** The provider's id; null for a vendor. */
export const providerOfVendor = (vendor: string): string | null =>
  vendor.startsWith(OWN) ? vendor.slice(OWN.length) : null
