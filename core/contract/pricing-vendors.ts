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
