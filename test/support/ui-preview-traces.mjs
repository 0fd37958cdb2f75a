// The calls that the preview's Activity shows: every ending, a fallback, a kept answer.
import { aliases, preview } from './ui-preview-gateway.mjs'
import { minute, now, priced, usage } from './ui-preview-values.mjs'

export function traceId(index) {
  return `0199${String(index).padStart(28, '0')}`
}

const calls = [
  {
    title: 'Heat pump quotes compared',
    app: 'Chat',
    model: 'openrouter/anthropic/claude-sonnet-5',
    durationMs: 4930,
    firstTokenMs: 610,
    usage: usage(6102, 5400, 318),
    cost: priced(0.0113)
  },
  {
    title: 'Why is the square root of two irrational?',
    app: 'Chat',
    model: 'auto',
    providerId: 'openai',
    providerModel: 'gpt-5.2',
    durationMs: 9300,
    firstTokenMs: 5100,
    usage: usage(1200, 0, 640),
    cost: priced(0.0084)
  },
  {
    title: 'complete: export async function',
    app: 'Continue (VS Code)',
    model: 'on-device/qwen3-4b-q4_k_m',
    status: 'aborted',
    durationMs: 800,
    firstTokenMs: 120,
    usage: usage(900, 0, 22),
    cost: { kind: 'free' }
  },
  {
    title: 'summarise inbox',
    app: 'Scratch script',
    model: 'openai/gpt-5.2',
    status: 'error',
    durationMs: 6000,
    errorMessage: '429 from OpenAI: rate limit reached'
  },
  {
    title: 'Name this commit',
    app: 'Scratch script',
    model: 'fast',
    providerId: 'openai',
    providerModel: 'gpt-5.2-mini',
    cache: 'hit',
    savedNanoUsd: 4_200_000,
    durationMs: 3,
    firstTokenMs: 2,
    usage: usage(412, 0, 9),
    cost: { kind: 'priced', nanoUsd: 0, source: 'cache' }
  },
  {
    title: 'nightly digest of 31 notes',
    app: 'Nightly notes digest',
    model: 'openai/gpt-5.2-mini',
    status: 'cut',
    durationMs: 48_000,
    firstTokenMs: 1100,
    usage: usage(88_000, 0, 2900),
    cost: priced(0.0297),
    errorMessage: 'The server broke off in the middle of the answer'
  }
]

export function recordedCalls() {
  return Array.from({ length: 260 }, (_, index) => {
    const { model } = calls[index % calls.length]
    const slash = model.indexOf('/')
    return {
      id: traceId(index),
      startedAt: now - index * 7 * minute,
      dialect: 'openai',
      status: 'ok',
      firstTokenMs: null,
      providerId: model.slice(0, slash),
      providerModel: model.slice(slash + 1),
      cache: null,
      savedNanoUsd: null,
      usage: null,
      cost: { kind: 'unknown' },
      stream: true,
      errorMessage: null,
      ...calls[index % calls.length]
    }
  })
}

const span = (name, kind, start, duration, extra = {}) => ({
  id: `${name}-${start}`,
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

/** Who was asked, each for some of the time. */
function attempts(trace, total) {
  if (trace.cache === 'hit') return [span('cache', 'stage', 1900, total - 2000, { note: 'hit · stop' })]
  const answered = (start, note) =>
    span(`chat ${trace.providerModel}`, 'provider', start, total - start - 6000, {
      status: trace.status === 'error' ? 'error' : 'ok',
      note: trace.errorMessage ?? note,
      firstTokenUs: trace.firstTokenMs === null ? null : trace.firstTokenMs * 1000
    })
  if (trace.model !== 'auto') return [answered(2400, 'stop · 6102 tokens in, 318 out')]
  const failed = (start, duration, number, reason) =>
    span('chat anthropic/claude-sonnet-5', 'provider', start, duration, {
      status: 'error',
      note: `openrouter, attempt ${number} · ${reason}`
    })
  return [
    failed(
      2400,
      900_000,
      1,
      'OpenRouter answered 503: “The model is overloaded. Please try again in a moment.”'
    ),
    failed(
      1_600_000,
      2_900_000,
      2,
      'openrouter/anthropic/claude-sonnet-5 did not begin to answer within 2.9 seconds.'
    ),
    answered(4_600_000, 'openai, attempt 3 · stop · 1200 tokens in, 640 out')
  ]
}

function routeOf(trace) {
  if (trace.model === 'fast') {
    const why = 'fast asks each by its weight'
    const order = [{ model: 'openai/gpt-5.2-mini', why: '75 % of calls' }]
    return { why, order, leftOut: [], difficulty: null }
  }
  return trace.model === 'auto' ? preview(aliases(), { model: 'auto', hasImages: true }) : null
}

export function traceDetails(trace) {
  const total = trace.durationMs * 1000
  const spans = [
    span('resolve', 'stage', 200, 1100, { note: trace.model }),
    ...attempts(trace, total),
    span('settle', 'stage', total - 500, 300, { note: trace.cost.kind })
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
  const failed = trace.status === 'error'
  const warnings =
    trace.model === 'auto'
      ? [
          'asked again after: OpenRouter answered 503: “The model is overloaded.” That attempt may have been billed',
          '`logit_bias` was dropped'
        ]
      : []
  return {
    ...trace,
    spans,
    route: routeOf(trace),
    warnings,
    requestBody: JSON.stringify(request),
    responseBody: failed
      ? '{"error":{"message":"Rate limit reached","type":"rate_limit_error"}}'
      : 'Over ten years the **Nordvent 9** comes out lowest, about €1,400 below the next one.',
    bodiesTruncated: false
  }
}
