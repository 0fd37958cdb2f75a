/** Names of OpenTelemetry's conventions for generative AI, where they differ from Homeport's. Any other is its own. */
const providerNames: Readonly<Record<string, string>> = {
  azure: 'azure.ai.openai',
  google: 'gcp.gemini',
  mistral: 'mistral_ai',
  moonshot: 'moonshot_ai',
  xai: 'x_ai'
}

const operations: Readonly<Record<string, string>> = {
  'openai-completions': 'text_completion',
  'ollama-generate': 'text_completion',
  'openai-embeddings': 'embeddings',
  'ollama-embed': 'embeddings',
  'google-embed': 'embeddings',
  'count-tokens': 'count_tokens',
  rerank: 'rerank',
  'openai-images': 'generate_image',
  'openai-audio': 'audio',
  'openai-moderations': 'moderation'
}

/** `gen_ai.provider.name` of a kind of provider. */
export const providerNameOf = (kind: string): string => providerNames[kind] ?? kind

/** `gen_ai.operation.name` of a call in a dialect. */
export const operationOf = (dialect: string): string => operations[dialect] ?? 'chat'

/** Whether what is said in it are messages. */
export const isConversation = (operation: string): boolean =>
  operation === 'chat' || operation === 'text_completion'
