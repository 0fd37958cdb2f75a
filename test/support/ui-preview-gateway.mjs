// What the preview's daemon knows of the gateway: kinds of provider, aliases, health, the cache.
const now = Date.now()

const option = (name, label, hint, required = false) => ({ name, label, hint, required })
const kind = (name, label, defaultBaseUrl, needsKey = true, options = []) => ({
  kind: name,
  label,
  defaultBaseUrl,
  needsKey,
  options
})

export const kinds = [
  kind('openai', 'OpenAI', 'https://api.openai.com/v1'),
  kind('anthropic', 'Anthropic', 'https://api.anthropic.com'),
  kind('google', 'Google Gemini', 'https://generativelanguage.googleapis.com'),
  kind('azure', 'Azure OpenAI', null, true, [
    option('apiVersion', 'API version', 'As in the portal, 2024-10-21 for example', true),
    option('deployments', 'Deployments', 'model=deployment, one a line, where the names differ')
  ]),
  kind('cohere', 'Cohere', 'https://api.cohere.com'),
  kind('mistral', 'Mistral', 'https://api.mistral.ai/v1'),
  kind('groq', 'Groq', 'https://api.groq.com/openai/v1'),
  kind('deepseek', 'DeepSeek', 'https://api.deepseek.com/v1'),
  kind('xai', 'xAI', 'https://api.x.ai/v1'),
  kind('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1'),
  kind('together', 'Together', 'https://api.together.xyz/v1'),
  kind('fireworks', 'Fireworks', 'https://api.fireworks.ai/inference/v1'),
  kind('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1'),
  kind('moonshot', 'Moonshot', 'https://api.moonshot.ai/v1'),
  kind('ollama', 'Ollama', 'http://127.0.0.1:11434/v1', false),
  kind('lmstudio', 'LM Studio', 'http://127.0.0.1:1234/v1', false),
  kind('vllm', 'vLLM', 'http://127.0.0.1:8000/v1', false),
  kind('llama-cpp', 'llama.cpp server', 'http://127.0.0.1:8080/v1', false),
  kind('litellm', 'LiteLLM', 'http://127.0.0.1:4000/v1', false),
  kind('openai-compatible', 'OpenAI-compatible server', null, false)
]

const alias = (name, strategy, targets, extra = {}) => ({
  name,
  strategy,
  targets: targets.map((target) => ({ weight: 1, ...target })),
  fallbackOnRefusal: false,
  firstTokenTimeoutMs: null,
  idleTimeoutMs: null,
  ...extra
})

export const aliases = () => [
  alias(
    'best',
    'priority',
    [
      { model: 'openrouter/anthropic/claude-sonnet-5' },
      { model: 'openai/gpt-5.2' },
      { model: 'on-device/qwen3-4b-q4_k_m' }
    ],
    { fallbackOnRefusal: true, firstTokenTimeoutMs: 20_000 }
  ),
  alias('coding', 'rules', [
    { model: 'on-device/qwen3-4b-q4_k_m', when: { onDeviceOnly: true } },
    { model: 'openrouter/qwen/qwen3-coder', when: { hasCode: true, minTokens: 4000 } },
    { model: 'openai/gpt-5.2-mini' }
  ]),
  alias('fast', 'weighted', [
    { model: 'openai/gpt-5.2-mini', weight: 3 },
    { model: 'openrouter/google/gemini-3-flash', weight: 1 }
  ])
]

const target = (model, state, latencyMs, calls, failures, extra = {}) => ({
  model,
  state,
  restsUntil: null,
  latencyMs,
  inFlight: 0,
  calls,
  failures,
  lastError: null,
  ...extra
})

export const health = [
  target('openai/gpt-5.2', 'well', 612, 41, 0, { inFlight: 1 }),
  target('openai/gpt-5.2-mini', 'well', 288, 124, 2, { lastError: 'Rate limit reached' }),
  target('openrouter/anthropic/claude-sonnet-5', 'resting', 1430, 9, 6, {
    restsUntil: now + 25_000,
    lastError:
      'The server answered 503: “The model anthropic/claude-sonnet-5 is overloaded right now: 4,112 requests are waiting before yours. Please try again in a moment, or choose another model of the same family.”'
  }),
  target('openrouter/google/gemini-3-flash', 'trying', 355, 7, 3, { inFlight: 1, lastError: 'Timed out' }),
  target('openrouter/qwen/qwen3-coder', 'unused', null, 0, 0)
]

export const cacheStats = {
  entries: 1284,
  bytes: 18_400_000,
  hits: 912,
  misses: 4307,
  savedNanoUsd: 2_318_000_000
}

export const yaml = (named) => `# Homeport: providers, aliases and limits. Keys are not part of it.
version: 1
providers:
  - id: openai
    kind: openai
    name: OpenAI
    baseUrl: https://api.openai.com/v1
    pricing: auto
    models: [gpt-5.2, gpt-5.2-mini]
aliases:
${named.map(({ name, strategy, targets }) => `  ${name}:\n    strategy: ${strategy}\n    targets:\n${targets.map(({ model }) => `      - ${model}\n`).join('')}`).join('')}limits:
  Continue (VS Code):
    requestsPerMinute: 60
`

const hard = {
  score: 0.75,
  reasons: [
    { what: 'mathematics', points: 0.3 },
    { what: 'words of reasoning', points: 0.3 },
    { what: 'images', points: 0.15 }
  ]
}
const sentences = { priority: 'asks in the order of its list', weighted: 'asks each by its weight' }

/** What the order comes to for one request; enough of routing to see every part of the preview. */
export function preview(named, { model, draft, hasImages, onDeviceOnly }) {
  const chosen = draft ?? named.find(({ name }) => name === (model === 'auto' ? 'best' : model))
  const may = ({ model: id }) => !onDeviceOnly || id.startsWith('on-device/')
  const sees = ({ model: id }) => !hasImages || !id.includes('qwen')
  const left = chosen.targets.filter((item) => !may(item) || !sees(item))
  const order = chosen.targets.filter((item) => !left.includes(item))
  return {
    why:
      model === 'auto'
        ? 'hard, 0.75: mathematics +0.3, words of reasoning +0.3, images +0.15 → best'
        : `${model} ${sentences[chosen.strategy] ?? 'asks the first whose rule fits'}`,
    order: order.map(({ model: id }, index) => ({
      model: id,
      why: index === 0 ? 'first of the list' : 'next of the list'
    })),
    leftOut: left.map((item) => ({
      model: item.model,
      why: may(item) ? 'cannot see images' : 'not on this machine, which the request must not leave'
    })),
    difficulty: model === 'auto' ? hard : null
  }
}
