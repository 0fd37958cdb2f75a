// What the preview's Activity shows of one call: steps of several programs, tools, pictures, thoughts, and a trace of 30,000 steps.
import { aliases, preview } from './ui-preview-gateway.mjs'
import { traceId } from './ui-preview-traces.mjs'

/** The call of an agent that did very much. */
export const manySpansId = traceId(-500_000)
const MANY_SPANS = 30_000
const REPLAY_MS = 1200

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

/** What the agent did that made the call: before it, around it and after it. */
function agentSpans(total) {
  const other = { traceId: traceId(2) }
  const attributes = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'house-advisor',
    'gen_ai.conversation.id': 'heat-pumps',
    'gen_ai.usage.input_tokens': 6102,
    'gen_ai.input.messages': [{ role: 'user', content: 'Which of the three offers should I take?' }],
    'input.value': JSON.stringify({
      question: 'Which offer?',
      years: 10,
      offers: ['Nordvent 9', 'Thermia 8', 'Aerotop 7']
    })
  }
  return [
    span('invoke_agent house-advisor', 'agent', -1_400_000, total + 2_600_000, {
      ...other,
      id: 'agent',
      attributes
    }),
    span('retrieval offers', 'retrieval', -1_250_000, 640_000, {
      ...other,
      parentId: 'agent',
      note: '3 documents'
    }),
    span('execute_tool price_table', 'tool', -520_000, 380_000, {
      ...other,
      parentId: 'agent',
      status: 'error',
      note: 'The table of 2024 was not found; the one of 2025 was taken.'
    }),
    span('execute_tool send_report', 'tool', total + 200_000, 700_000, { ...other, parentId: 'agent' })
  ]
}

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function requestOf(trace) {
  return {
    model: trace.model,
    temperature: 0.2,
    stream: true,
    tools: [
      {
        type: 'function',
        function: { name: 'price_table', description: 'Prices of electricity and gas by year and region' }
      },
      { type: 'function', function: { name: 'send_report', description: 'Sends the person a report' } }
    ],
    messages: [
      { role: 'system', content: 'You help with decisions about a house. Say what you do not know.' },
      {
        role: 'user',
        content: [
          {
            type: 'text',
            text: 'Which of the three heat pump offers is cheapest over ten years, if I keep the old radiators?'
          },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel.repeat(900)}` } }
        ]
      },
      {
        role: 'assistant',
        reasoning_content: 'Prices first.',
        tool_calls: [
          {
            id: 'c1',
            type: 'function',
            function: { name: 'price_table', arguments: '{"year":2025,"region":"north"}' }
          }
        ]
      },
      { role: 'tool', tool_call_id: 'c1', content: '{"electricity":0.31,"gas":0.11}' }
    ]
  }
}

const answers = [
  `<reasoning>
The flow temperature decides: old radiators need 55 °C, where the Aerotop is weak.
</reasoning>

Over ten years the **Nordvent 9** comes out lowest, about €1,400 below the next one.

| offer | bought | run for 10 years |
| --- | --- | --- |
| Nordvent 9 | €12,900 | €11,300 |
| Thermia 8 | €11,800 | €13,800 |
| Aerotop 7 | €10,400 | €16,100 |

It holds its efficiency at 55 °C, which your old radiators need.`,
  `Over ten years the **Thermia 8** comes out lowest.

| offer | bought | run for 10 years |
| --- | --- | --- |
| Nordvent 9 | €12,900 | €11,900 |
| Thermia 8 | €11,800 | €12,700 |
| Aerotop 7 | €10,400 | €16,100 |

It holds its efficiency at 55 °C, which your old radiators need.`
]

const warningsOf = (trace) =>
  trace.model === 'auto'
    ? [
        'asked again after: OpenRouter answered 503: “The model is overloaded.” That attempt may have been billed',
        '`logit_bias` was dropped'
      ]
    : []

function detailsOf(trace) {
  const total = trace.durationMs * 1000
  const isFirst = trace.id === traceId(0)
  return {
    ...trace,
    spans: [
      ...(isFirst ? agentSpans(total) : []),
      span('resolve', 'stage', 200, 1100, { note: trace.model }),
      ...attempts(trace, total),
      span('settle', 'stage', total - 500, 300, { note: trace.cost.kind })
    ],
    parentSpanId: isFirst ? 'agent' : null,
    route: routeOf(trace),
    warnings: warningsOf(trace),
    requestBody: JSON.stringify(requestOf(trace)),
    responseBody:
      trace.status === 'error'
        ? '{"error":{"message":"Rate limit reached","type":"rate_limit_error"}}'
        : answers[trace.app === 'Replay' ? 1 : 0],
    bodiesTruncated: false,
    comment: null
  }
}

/** Steps under steps under steps, as agents make them. */
function manySpans(trace) {
  const spans = []
  for (let index = 0; index < MANY_SPANS; index++) {
    const depth = index % 100 === 0 ? 0 : index % 10 === 0 ? 1 : 2
    const parent = depth === 0 ? null : depth === 1 ? index - (index % 100) : index - (index % 10)
    const kind = ['agent', 'tool', 'provider'][depth]
    const name = ['invoke_agent researcher', 'execute_tool search', 'chat gpt-5.2-mini'][depth]
    spans.push(
      span(`${name} ${index}`, kind, index * 2000, [190_000, 19_000, 1900][depth], {
        id: index.toString(16).padStart(16, '0'),
        parentId: parent === null ? null : parent.toString(16).padStart(16, '0'),
        attributes: { 'gen_ai.operation.name': name.split(' ')[0], 'gen_ai.request.temperature': 0.2 }
      })
    )
  }
  return {
    ...detailsOf(trace),
    id: manySpansId,
    title: 'A night of research',
    durationMs: 60_200,
    source: 'otlp',
    spans
  }
}

/** Routes of single calls: looked at, judged, asked again of another model. */
export function createTraceDetails({ traces, publish, missing }) {
  const comments = new Map()
  const find = (id) => traces.find((trace) => trace.id === id) ?? missing()
  const shown = (trace) => ({ ...detailsOf(trace), comment: comments.get(trace.id) ?? null })
  return {
    'GET /app/traces/:id': ({ id }) => (id === manySpansId ? manySpans(traces[0]) : shown(find(id))),
    'PATCH /app/traces/:id': ({ id, body }) => {
      const trace = find(id)
      if (body.tags) trace.labels = { ...trace.labels, tags: body.tags }
      if (body.score !== undefined) trace.score = body.score
      if (body.comment !== undefined) comments.set(id, body.comment)
      return shown(trace)
    },
    'POST /app/traces/:id/replay': async ({ id, body }) => {
      await new Promise((done) => setTimeout(done, REPLAY_MS))
      const [providerId, ...model] = body.model.split('/')
      const replayed = {
        ...find(id),
        id: traceId(-1000 - traces.length),
        startedAt: Date.now(),
        app: 'Replay',
        model: body.model,
        providerId,
        providerModel: model.join('/'),
        durationMs: 2210,
        firstTokenMs: 240
      }
      traces.unshift(replayed)
      publish({ type: 'trace-recorded', trace: replayed })
      return shown(replayed)
    }
  }
}
