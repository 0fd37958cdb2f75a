export interface ProviderPreset {
  id: string
  name: string
  baseUrl: string
  /** `none`: a server on this machine that asks for no key. */
  key: 'required' | 'optional' | 'none'
  /** Where a key is made. */
  keyUrl: string | null
}

const cloud = (id: string, name: string, baseUrl: string, keyUrl: string): ProviderPreset => ({
  id,
  name,
  baseUrl,
  key: 'required',
  keyUrl
})
const local = (id: string, name: string, port: number): ProviderPreset => ({
  id,
  name,
  baseUrl: `http://127.0.0.1:${port}/v1`,
  key: 'none',
  keyUrl: null
})

/** Servers that speak the OpenAI dialect, with the addresses they document. */
export const providerPresets: readonly ProviderPreset[] = [
  cloud('openai', 'OpenAI', 'https://api.openai.com/v1', 'https://platform.openai.com/api-keys'),
  cloud('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'https://openrouter.ai/settings/keys'),
  cloud('groq', 'Groq', 'https://api.groq.com/openai/v1', 'https://console.groq.com/keys'),
  cloud('mistral', 'Mistral', 'https://api.mistral.ai/v1', 'https://console.mistral.ai/api-keys'),
  cloud('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1', 'https://platform.deepseek.com/api_keys'),
  cloud('xai', 'xAI', 'https://api.x.ai/v1', 'https://console.x.ai'),
  cloud('together', 'Together', 'https://api.together.xyz/v1', 'https://api.together.ai/settings/api-keys'),
  local('ollama', 'Ollama', 11434),
  local('lm-studio', 'LM Studio', 1234),
  local('llama-cpp', 'llama.cpp server', 8080),
  { id: 'custom', name: 'Custom', baseUrl: '', key: 'optional', keyUrl: null }
]

/** Vendors whose price lists can be chosen for a server with an address of its own. */
export const pricingOptions: readonly { value: string; label: string }[] = [
  { value: 'auto', label: 'By its address' },
  { value: 'free', label: 'Free, runs here' },
  { value: 'openai', label: 'As OpenAI' },
  { value: 'openrouter', label: 'As OpenRouter' },
  { value: 'groq', label: 'As Groq' },
  { value: 'mistral', label: 'As Mistral' },
  { value: 'deepseek', label: 'As DeepSeek' },
  { value: 'xai', label: 'As xAI' },
  { value: 'together', label: 'As Together' },
  { value: 'anthropic', label: 'As Anthropic' },
  { value: 'google', label: 'As Google' },
  { value: 'fireworks', label: 'As Fireworks' },
  { value: 'cerebras', label: 'As Cerebras' },
  { value: 'moonshotai', label: 'As Moonshot' },
  { value: 'zai', label: 'As Z.ai' }
]

/** An id nobody has yet: the wanted one, or the first with a number after it that is free. */
export function freeProviderId(wanted: string, taken: readonly string[]): string {
  const base = slug(wanted)
  let id = base
  for (let number = 2; taken.includes(id); number++) id = `${base}-${number}`
  return id
}

/** A name as a provider id may be written: lower-case letters, digits, dots and dashes, at most 36. */
export function slug(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[^a-z0-9]+|[-._]+$/g, '')
  return words.slice(0, 36) || 'custom'
}
