// The list of calls in the preview: narrowed, counted, exported and erased as the daemon does it, in memory.
import { traceId } from './ui-preview-traces.mjs'

const facets = {
  status: (trace) => [trace.status],
  model: (trace) => [trace.model],
  provider: (trace) => [trace.providerId],
  app: (trace) => [trace.app],
  feature: (trace) => [trace.labels.feature],
  project: (trace) => [trace.labels.project],
  tag: (trace) => trace.labels.tags
}
const others = {
  session: (trace, value) => trace.labels.session === value,
  source: (trace, value) => trace.source === value,
  from: (trace, value) => trace.startedAt >= Number(value),
  until: (trace, value) => trace.startedAt < Number(value),
  minCostNanoUsd: (trace, value) => trace.cost.nanoUsd >= Number(value),
  maxCostNanoUsd: (trace, value) => trace.cost.nanoUsd <= Number(value),
  minDurationMs: (trace, value) => trace.durationMs >= Number(value),
  maxDurationMs: (trace, value) => trace.durationMs <= Number(value),
  search: (trace, value) => `${trace.title}\n${trace.model}\n${trace.app}`.toLowerCase().includes(value),
  text: (trace, value) => trace.title.toLowerCase().includes(value.toLowerCase()),
  before: (trace, value) => trace.id < value
}

function matches(trace, query, except) {
  return [...query].every(([name, value]) => {
    if (name === except) return true
    if (facets[name]) return facets[name](trace).includes(value)
    return others[name]?.(trace, value) ?? true
  })
}

/** Routes of the list over these calls, newest first; with `live` a new one comes every so many milliseconds. */
export function createTraceList({ traces, publish, live = null }) {
  let views =
    traces.length === 0 ? [] : [{ name: 'Errors of today', query: { status: 'error', since: '24h' } }]
  const matching = (query) => traces.filter((trace) => matches(trace, query))
  let number = 0
  const timer = live
    ? setInterval(() => {
        const trace = { ...traces[number % 6], id: traceId(-1 - number), startedAt: Date.now() }
        number++
        traces.unshift(trace)
        publish({ type: 'trace-recorded', trace })
      }, live)
    : null
  return {
    close: () => clearInterval(timer),
    routes: {
      'GET /app/traces': ({ query }) => ({ traces: matching(query).slice(0, Number(query.get('limit'))) }),
      'DELETE /app/traces/:id': ({ id }) => {
        traces.splice(0, traces.length, ...traces.filter((trace) => trace.id !== id))
        publish({ type: 'trace-erased', id })
        return { ok: true }
      },
      'GET /app/trace-facets': ({ query }) => ({
        total: matching(query).length,
        countedSince: null,
        ...Object.fromEntries(Object.keys(facets).map((name) => [name, countBy(traces, query, name)]))
      }),
      'GET /app/trace-export': ({ query }) => ({
        text: matching(query)
          .map((trace) => `${JSON.stringify(trace)}\n`)
          .join(''),
        next: null
      }),
      'GET /app/trace-views': () => ({ views }),
      'PUT /app/trace-views': ({ body }) => {
        views = body.views
        return { views }
      }
    }
  }
}

function countBy(traces, query, name) {
  const counts = new Map()
  for (const trace of traces.filter((candidate) => matches(candidate, query, name)))
    for (const value of facets[name](trace)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}
