/**
 * Whose prices the table has. `modelsDev`: the vendor's name there. `prefix` and `providers`: how LiteLLM begins the names
 * of its models, and what it calls the vendor. `only`: of the models, those taken. `listedOnly`: none that models.dev does
 * not have, since LiteLLM keeps many that are no longer served.
 */
export const vendors = {
  openai: { modelsDev: 'openai', prefix: '', providers: ['openai'] },
  anthropic: { modelsDev: 'anthropic', prefix: '', providers: ['anthropic'] },
  google: { modelsDev: 'google', prefix: 'gemini/', providers: ['gemini'] },
  mistral: { modelsDev: 'mistral', prefix: 'mistral/', providers: ['mistral'] },
  groq: { modelsDev: 'groq', prefix: 'groq/', providers: ['groq'] },
  deepseek: { modelsDev: 'deepseek', prefix: 'deepseek/', providers: ['deepseek'] },
  xai: { modelsDev: 'xai', prefix: 'xai/', providers: ['xai'] },
  openrouter: { modelsDev: 'openrouter', prefix: 'openrouter/', providers: ['openrouter'] },
  together: { modelsDev: 'togetherai', prefix: 'together_ai/', providers: ['together_ai'] },
  fireworks: {
    modelsDev: 'fireworks-ai',
    prefix: 'fireworks_ai/',
    providers: ['fireworks_ai', 'fireworks_ai-embedding-models'],
    only: /^accounts\/fireworks\/(models|routers)\//,
    listedOnly: true
  },
  cerebras: { modelsDev: 'cerebras', prefix: 'cerebras/', providers: ['cerebras'] },
  moonshotai: { modelsDev: 'moonshotai', prefix: 'moonshot/', providers: ['moonshot'] },
  zai: { modelsDev: 'zai', prefix: 'zai/', providers: ['zai'] },
  // regions of their own price (`eu/`, `us/`) are not told by the model that answers
  azure: { modelsDev: 'azure', prefix: 'azure/', providers: ['azure'], only: /^[^/]+$/ },
  cohere: { modelsDev: 'cohere', prefix: '', providers: ['cohere', 'cohere_chat'] },
  perplexity: {
    modelsDev: 'perplexity',
    prefix: 'perplexity/',
    providers: ['perplexity'],
    only: /^(sonar(-pro|-reasoning-pro|-deep-research)?$|pplx-embed)/
  },
  qwen: { modelsDev: 'alibaba', prefix: 'dashscope/', providers: ['dashscope'] }
}

/** A thousand searches cost 10 dollars (https://platform.openai.com/docs/pricing, https://docs.anthropic.com pricing). */
export const webSearchUsd = { openai: 0.01, azure: 0.01, anthropic: 0.01 }
