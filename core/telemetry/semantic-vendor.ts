import type { pricingVendors } from '../contract/pricing-vendors.ts'

type Vendor = (typeof pricingVendors)[number]

/** What either convention calls the vendors of models: `gen_ai.provider.name`, `gen_ai.system`, `llm.provider`, `llm.system`. */
const vendors = new Map<string, Vendor>(
  Object.entries({
    openai: 'openai',
    anthropic: 'anthropic',
    'gcp.gemini': 'google',
    'gcp.gen_ai': 'google',
    gemini: 'google',
    google: 'google',
    mistral_ai: 'mistral',
    mistralai: 'mistral',
    mistral: 'mistral',
    groq: 'groq',
    deepseek: 'deepseek',
    x_ai: 'xai',
    xai: 'xai',
    openrouter: 'openrouter',
    together: 'together',
    together_ai: 'together',
    fireworks: 'fireworks',
    cerebras: 'cerebras',
    moonshot: 'moonshotai',
    moonshot_ai: 'moonshotai',
    'azure.ai.openai': 'azure',
    'azure.ai.inference': 'azure',
    azure: 'azure',
    'az.ai.openai': 'azure',
    'az.ai.inference': 'azure',
    cohere: 'cohere',
    perplexity: 'perplexity'
  })
)

/** Whose price list applies to what a span calls its provider; null where nobody's is known to. */
export const vendorOf = (provider: string): Vendor | null => vendors.get(provider.toLowerCase()) ?? null
