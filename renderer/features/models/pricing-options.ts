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
