// What the preview's Costs knows: a month of spending, budgets, alerts, prices.
import { traceId } from './ui-preview-traces.mjs'
import { day, hour, minute, now } from './ui-preview-values.mjs'

const usd = (dollars) => Math.round(dollars * 1e9)
const names = {
  model: [
    ['openrouter/anthropic/claude-sonnet-5', 0.45],
    ['openai/gpt-5.2', 0.28],
    ['openrouter/google/gemini-3-flash', 0.13],
    ['openai/gpt-5.2-mini', 0.07],
    ['openrouter/mistralai/mistral-large-3', 0.04],
    ['on-device/qwen3-4b-q4_k_m', 0],
    ['openrouter/qwen/qwen3-coder', 0]
  ],
  provider: [
    ['openrouter', 0.62],
    ['openai', 0.35],
    ['on-device', 0]
  ],
  app: [
    ['k9', 0.56, 'Claude Code'],
    ['chat', 0.26, 'Chat'],
    ['k0', 0.11, 'Continue (VS Code)'],
    ['k1', 0.07, 'Nightly notes digest']
  ],
  project: [
    ['house', 0.5],
    ['homeport', 0.3],
    [null, 0.2]
  ],
  feature: [
    ['inbox-summary', 0.2],
    [null, 0.8]
  ]
}

const startOf = (text) => {
  const [year, month, date] = text.split('-').map(Number)
  return new Date(year, month - 1, date).getTime()
}

function bucketsOf(from, until, bucket) {
  const starts = []
  const date = new Date(startOf(from))
  while (date.getTime() < startOf(until)) {
    starts.push(date.getTime())
    if (bucket === 'hour') date.setHours(date.getHours() + 1)
    else if (bucket === 'month') date.setMonth(date.getMonth() + 1)
    else date.setDate(date.getDate() + 1)
  }
  return starts
}

const wave = [
  0.8, 1.5, 1.4, 0.3, 0.2, 1.8, 1.7, 1.4, 2.2, 1, 0.25, 0.3, 1.7, 1.75, 1.6, 1.5, 1.3, 0.35, 0.2, 2.25, 1.8
]

function series(query) {
  const by = query.get('by') ?? 'model'
  const buckets = bucketsOf(query.get('from'), query.get('until'), query.get('bucket'))
  const scale = { hour: 0.09, day: 1, month: 28 }[query.get('bucket')] ?? 1
  const kept = names[by].filter(([, share]) => share > 0)
  const own = kept.slice(0, Number(query.get('series') ?? 6))
  return {
    from: query.get('from'),
    until: query.get('until'),
    buckets,
    series: own.map(([key, share, label], place) => ({
      key,
      label: label ?? key ?? 'Other',
      nanoUsd: buckets.map((at, index) =>
        at > now
          ? 0
          : usd(wave[index % wave.length] * scale * share * (1 + ((index * 7 + place * 3) % 5) / 10)) + 1
      )
    }))
  }
}

function sum(share, onDevice, unknown) {
  const calls = Math.round(3310 * (share || 0.08))
  return {
    calls,
    nanoUsd: usd(31.84 * share) + (share > 0 ? 12_345 : 0),
    unknownPriceCalls: unknown ? calls : 0,
    onDeviceCalls: onDevice ? calls : 0,
    onDeviceMs: onDevice ? calls * 8400 : 0,
    inputTokens: Math.round(51_900_000 * (share || 0.05)),
    cacheReadTokens: Math.round(40_200_000 * share),
    outputTokens: Math.round(1_990_000 * (share || 0.05)),
    savedNanoUsd: usd(2.1 * share),
    failedCalls: Math.round(31 * share)
  }
}

function table(query) {
  const by = query.get('by') ?? 'model'
  const rows = (names[by] ?? names.model).map(([key, share, label]) => ({
    key,
    label: label ?? key ?? 'none',
    ...sum(share, key?.startsWith('on-device') ?? false, key?.includes('coder') ?? false)
  }))
  const total = sum(1, false, false)
  return {
    from: query.get('from') ?? '2026-11-01',
    until: query.get('until') ?? '2026-12-01',
    total: { ...total, unknownPriceCalls: 265, onDeviceCalls: 1037, onDeviceMs: 8_710_800 },
    rows: rows.slice(0, Number(query.get('limit') ?? 100))
  }
}

const budget = (id, name, limit, spent, extra = {}) => ({
  id,
  name,
  scope: { kind: 'all' },
  limitNanoUsd: usd(limit),
  period: 'month',
  warnAt: [80, 100],
  actions: [],
  unknownPrice: 'allow',
  paused: false,
  createdAt: now - 20 * day,
  periodStart: now - 20 * day,
  periodEnd: now + 9 * day,
  spentNanoUsd: usd(spent),
  reservedNanoUsd: 0,
  unknownPriceCalls: 0,
  ...extra
})

const budgets = () => [
  budget('b1', 'Everything', 60, 31.84, { reservedNanoUsd: usd(1.9), unknownPriceCalls: 265 }),
  budget('b2', 'Editor', 5, 4.36, {
    period: 'week',
    scope: { kind: 'app-key', keyId: 'k0' },
    actions: [{ kind: 'use-model', model: 'fast' }, { kind: 'on-device' }, { kind: 'refuse' }],
    unknownPrice: 'refuse'
  }),
  budget('b3', 'Nightly digest', 2.5, 2.53, {
    period: 'day',
    scope: { kind: 'project', project: 'house' },
    actions: [{ kind: 'refuse' }]
  }),
  budget('b4', 'GPT-5.2', 20, 8.9, { scope: { kind: 'model', model: 'openai/gpt-5.2' }, paused: true })
]

const rule = (id, name, kind, threshold, state, value, extra = {}) => ({
  id,
  name,
  kind,
  threshold,
  windowMinutes: 60,
  leastCalls: 10,
  scope: {},
  renotifyMinutes: 0,
  webhookUrl: null,
  paused: state === 'paused',
  state,
  stateSince: now - 3 * hour,
  value,
  builtIn: true,
  ...extra
})

const rules = () => [
  rule('built-in-budget', 'Budgets', 'budget', 100, 'warning', 87),
  rule('built-in-anomaly', 'Unusual spending', 'anomaly', 3, 'ok', 1.2),
  rule('built-in-errors', 'Failing calls', 'error-rate', 10, 'alert', 23.4, { windowMinutes: 15 }),
  rule('built-in-latency', 'Slow answers', 'latency', 1.5, 'ok', 0.94),
  rule('built-in-provider-down', 'Provider down', 'provider-down', 1, 'unknown', null),
  rule('a6', 'Claude Code in a day', 'cost', usd(5), 'ok', usd(2.17), {
    windowMinutes: 1440,
    scope: { app: 'Claude Code' },
    builtIn: false
  }),
  rule('a7', 'Digest went silent', 'no-data', 24, 'paused', null, {
    builtIn: false,
    scope: { app: 'Nightly notes digest' }
  })
]

const notice = (id, age, kind, state, title, text, extra = {}) => ({
  id,
  at: now - age,
  ruleId: null,
  kind,
  state,
  title,
  text,
  traceId: null,
  readAt: null,
  steps: [],
  ...extra
})

const given = () => [
  notice(
    'n1',
    12 * minute,
    'error-rate',
    'alert',
    'openrouter: 23 % fail',
    'More than 10 % of at least 10 calls in 15 minutes. Told by the alert “Failing calls”.',
    {
      traceId: traceId(3),
      steps: [{ kind: 'open-provider', providerId: 'openrouter', label: 'Look at openrouter' }]
    }
  ),
  notice('n2', 3 * hour, 'budget', 'warning', 'Budget “Editor”: 87 % used', '$4.36 of $5.00 this week.', {
    traceId: traceId(0),
    steps: [
      { kind: 'raise-budget', budgetId: 'b2', label: 'Raise the budget “Editor”' },
      { kind: 'pause-key', keyId: 'k0', label: 'Pause “Continue (VS Code)”' },
      { kind: 'edit-alias', alias: 'fast', label: 'Change what fast asks' }
    ]
  }),
  notice('n3', 2 * day, 'latency', 'ok', 'Slow answers: well again', 'Told by the alert “Slow answers”.', {
    readAt: now - day
  })
]

const rates = (input, cacheRead, cacheWrite5m, output, extra = {}) => ({
  input: usd(input),
  cacheRead: usd(cacheRead),
  cacheWrite5m: usd(cacheWrite5m),
  cacheWrite1h: usd(cacheWrite5m),
  output: usd(output),
  ...extra
})
const price = (vendor, model, own, extra = {}) => ({
  vendor,
  model,
  rates: own,
  steps: [],
  tiers: {},
  units: {},
  from: null,
  until: null,
  source: 'models.dev',
  date: '2026-11-14',
  ...extra
})

const prices = [
  price('anthropic', 'claude-sonnet-5', rates(3, 0.3, 3.75, 15, { cacheWrite1h: usd(6) }), {
    steps: [{ aboveInputTokens: 200_000, rates: rates(6, 0.6, 7.5, 22.5) }],
    tiers: { batch: { rates: rates(1.5, 0.15, 1.875, 7.5), steps: [] } },
    units: { webSearch: usd(0.01) },
    source: 'anthropic.com',
    disagreement: 'models.dev has $0.60 for cache reads of long prompts, OpenRouter $0.66.'
  }),
  price('google', 'gemini-3-flash', rates(0.3, 0.075, 0.3, 2.5, { inputAudio: usd(1) }), {
    units: { webSearch: usd(0.014) }
  }),
  price('openai', 'gpt-5.2', rates(1.75, 0.175, 1.75, 14), {
    tiers: {
      batch: { rates: rates(0.875, 0.0875, 0.875, 7), steps: [] },
      flex: { rates: rates(0.875, 0.0875, 0.875, 7), steps: [] },
      priority: { rates: rates(3.5, 0.35, 3.5, 28), steps: [] }
    }
  }),
  price('openai', 'gpt-5.2-mini', rates(0.25, 0.025, 0.25, 2)),
  ...Array.from({ length: 70 }, (_, index) =>
    price(
      'openrouter',
      `vendor-${index}/a-model-with-rather-a-long-name-${index}`,
      rates(0.1 + index / 100, 0.05, 0.1, 0.4)
    )
  )
]

/** Today, and the days left of the month. */
function daysLeft() {
  const [date, month] = [new Date(now), new Date(now).getMonth()]
  date.setHours(0, 0, 0, 0)
  const days = []
  for (; date.getMonth() === month; date.setDate(date.getDate() + 1)) {
    const isWeekend = [0, 6].includes(date.getDay())
    days.push({ start: date.getTime(), nanoUsd: usd(isWeekend ? 0.3 : 1.8) })
  }
  return days
}

/** The routes of Costs. `fail` throws an answer with a status. */
export function createCosts({ empty, publish }) {
  const state = {
    budgets: empty ? [] : budgets(),
    rules: empty
      ? rules()
          .slice(0, 5)
          .map((one) => ({ ...one, state: 'unknown', value: null }))
      : rules(),
    notices: empty ? [] : given(),
    own: empty
      ? []
      : [
          price('openrouter', 'qwen/qwen3-coder', rates(0.22, 0.022, 0.22, 0.95), {
            source: 'you',
            date: '2026-11-20',
            from: '2026-11-01'
          })
        ]
  }
  const nothing = Object.fromEntries(Object.keys(sum(0, false, false)).map((name) => [name, 0]))
  const unread = () => state.notices.filter(({ readAt }) => readAt === null).length
  const replace = (list, id, patch) => {
    const index = list.findIndex((one) => one.id === id)
    list[index] = { ...list[index], ...patch }
    return list[index]
  }
  return {
    'GET /app/costs': ({ query }) => (empty ? { ...table(query), total: nothing, rows: [] } : table(query)),
    'GET /app/costs/series': ({ query }) => series(query),
    'GET /app/costs/forecast': () => ({
      days: empty ? [] : daysLeft(),
      monthStart: now - 20 * day,
      spentNanoUsd: empty ? 0 : usd(31.84),
      expectedNanoUsd: empty ? null : usd(44.1),
      lowNanoUsd: empty ? null : usd(40.2),
      highNanoUsd: empty ? null : usd(51.3),
      basis: 'What is spent so far, and for each day left what such weekdays cost over the last eight weeks.'
    }),
    'GET /app/costs/savings': () => ({
      cacheNanoUsd: empty ? 0 : usd(2.11),
      promptCacheNanoUsd: empty ? 0 : usd(12.4),
      onDeviceNanoUsd: empty ? null : usd(3.76),
      note: empty ? null : 'On-device calls at the price of openai/gpt-5.2-mini.'
    }),
    'POST /app/costs/what-if': ({ body }) => ({
      calls: 3045,
      leftOut: 265,
      actualNanoUsd: usd(31.84),
      otherwiseNanoUsd: usd({ model: 12.61, 'on-device': 0, cached: 27.2 }[body.instead.kind]),
      note: body.instead.kind === 'on-device' ? 'About 14 hours of this machine’s time.' : null
    }),
    'GET /app/costs/csv': () => ({ csv: 'model,calls,nano_usd\nopenai/gpt-5.2,12,3400000\n' }),
    'GET /app/prices': ({ query }) => {
      const words = (query.get('search') ?? '').toLowerCase()
      const found = prices.filter(
        (row) =>
          `${row.vendor}/${row.model}`.includes(words) && row.vendor.startsWith(query.get('vendor') ?? '')
      )
      return {
        rows: found.slice(0, Number(query.get('limit') ?? 100)),
        total: found.length,
        vendors: [...new Set(prices.map(({ vendor }) => vendor))].map((vendor) => ({
          vendor,
          rows: prices.filter((row) => row.vendor === vendor).length
        }))
      }
    },
    'GET /app/prices/overrides': () => ({ rows: state.own }),
    'PUT /app/prices/overrides': ({ body }) => {
      const row = price(body.vendor, body.model, body.rates, { ...body, source: 'you' })
      state.own = [...state.own.filter(({ model }) => model !== row.model), row]
      return row
    },
    'DELETE /app/prices/overrides': ({ query }) => {
      state.own = state.own.filter(({ model }) => model !== query.get('model'))
      return { ok: true }
    },
    'POST /app/prices/recompute': () => ({
      calls: 3310,
      changed: 265,
      bookedNanoUsd: usd(31.84),
      correctedNanoUsd: usd(33.02) + 417
    }),
    'GET /app/budgets': () => ({ budgets: state.budgets }),
    'POST /app/budgets': ({ body }) => {
      const made = { ...budget(crypto.randomUUID(), body.name, 1, 0), ...body }
      state.budgets.push(made)
      return made
    },
    'PUT /app/budgets/:id': ({ id, body }) => replace(state.budgets, id, body),
    'DELETE /app/budgets/:id': ({ id }) => {
      state.budgets = state.budgets.filter((one) => one.id !== id)
      return { ok: true }
    },
    'GET /app/alerts': () => ({ alerts: state.rules }),
    'POST /app/alerts': ({ body }) => {
      const made = {
        ...rule(crypto.randomUUID(), body.name, body.kind, 1, 'unknown', null),
        ...body,
        builtIn: false
      }
      state.rules.push(made)
      return made
    },
    'PUT /app/alerts/:id': ({ id, body }) =>
      replace(state.rules, id, { ...body, state: body.paused ? 'paused' : 'ok' }),
    'DELETE /app/alerts/:id': ({ id }) => {
      state.rules = state.rules.filter((one) => one.id !== id)
      return { ok: true }
    },
    'GET /app/notices': () => ({ notices: state.notices, unread: unread() }),
    'POST /app/notices/read': ({ body }) => {
      state.notices = state.notices.map((one) =>
        body.id === null || one.id === body.id ? { ...one, readAt: now } : one
      )
      publish({ type: 'alerts-changed' })
      return { ok: true }
    }
  }
}
