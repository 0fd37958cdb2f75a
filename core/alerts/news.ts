import type { AlertRule } from '../contract/alerts.ts'
import type { AlertSources, Period, WatchedBudget } from './alert-sources.ts'
import type { News } from './inbox.ts'
import { callsOf, type Measurement, windowOf } from './measure.ts'
import { nextSteps } from './next-steps.ts'
import { budgetText, noticeText } from './notice-text.ts'
import type { Occasion } from './standing.ts'

/** Which call shows best what is wrong. */
const culprit = {
  cost: 'cost',
  anomaly: 'cost',
  budget: 'cost',
  'error-rate': 'failure',
  'provider-down': 'failure',
  latency: 'duration',
  'no-data': 'newest'
} as const

/** What is told of a rule: the words, a call behind it, and what can be done. `now` is in milliseconds UTC. */
export async function newsOf(
  rule: AlertRule,
  occasion: Occasion,
  measurement: Measurement,
  sources: AlertSources,
  now: number
): Promise<News> {
  const { scope } = measurement
  const budget = sources.budgets().find(({ id }) => id === scope.budgetId) ?? null
  const text = noticeText(rule, occasion, measurement, budget)
  if (occasion === 'over') {
    const newest = await sources.calls.behind(scope, lastDay(now), 'newest')
    return { ...text, state: rule.state, traceId: newest?.traceId ?? null, steps: [] }
  }
  const call = await sources.calls.behind(scope, periodOf(rule, measurement, now), culprit[rule.kind])
  const steps = nextSteps({ call, providerId: scope.provider, budget }, sources)
  return { ...text, state: rule.state, traceId: call?.traceId ?? null, steps }
}

/**
 * What is told of a budget that has reached one of its percents: the call that reached it, and what can be done about the
 * most expensive of the last day. `now` is in milliseconds UTC.
 */
export async function budgetNews(
  { budget, percent, traceId }: { budget: WatchedBudget; percent: number; traceId: string | null },
  sources: AlertSources,
  now: number
): Promise<News> {
  const call = await sources.calls.behind(
    callsOf(budget.scope),
    { from: now - DAY_MS, until: now + 1 },
    'cost'
  )
  return {
    ...budgetText(budget, percent),
    state: percent < 100 ? 'warning' : 'alert',
    traceId: traceId ?? call?.traceId ?? null,
    steps: nextSteps({ call, providerId: undefined, budget }, sources)
  }
}

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

const lastDay = (now: number): Period => ({ from: now - DAY_MS, until: now + 1 })

/** Of a silence the last call before it is the one to look at, of a long window those that came last. */
function periodOf(rule: AlertRule, { value }: Measurement, now: number): Period {
  if (rule.kind === 'no-data') return { from: Math.floor(now - (value ?? 0) * HOUR_MS) - 1, until: now }
  const { from, until } = windowOf(rule, now)
  return { from: Math.max(from, until - DAY_MS), until }
}
