import type { AlertRule } from '../contract/alerts.ts'
import type { AlertSources, CallScope, Period, WatchedBudget, WatchedModel } from './alert-sources.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const USUAL_LATENCY_MS = 7 * DAY_MS
const USUAL_COST_DAYS = 28
/** Of those 28, so many must have had calls at that time of the day, or nothing is usual. */
const LEAST_USUAL_DAYS = 7
const SLOWEST_SHARE = 0.95
/** In the last five minutes, and nothing else: as many as make routing let a model rest. */
const FAILURES_OF_DOWN = 3

/** A value in the unit of the rule's threshold, and whom it is about where that is one of several. */
export interface Measurement {
  /** Null: too little to judge. */
  value: number | null
  /** The rule's own, or a narrower one. */
  scope: CallScope & Pick<AlertRule['scope'], 'budgetId'>
}

type Measured = Pick<AlertRule, 'kind' | 'windowMinutes' | 'leastCalls' | 'scope'>

/** The last `windowMinutes`. */
export const windowOf = (rule: Pick<AlertRule, 'windowMinutes'>, now: number): Period => ({
  from: now - rule.windowMinutes * MINUTE_MS,
  // what began this very millisecond is part of it
  until: now + 1
})

/** Measures what a rule watches. `now` is in milliseconds UTC. */
export async function measure(rule: Measured, sources: AlertSources, now: number): Promise<Measurement> {
  const { scope } = rule
  switch (rule.kind) {
    case 'cost':
      return { value: (await sources.calls.sums(scope, windowOf(rule, now))).nanoUsd, scope }
    case 'anomaly':
      return { value: await timesUsualCost(rule, sources, now), scope }
    case 'error-rate': {
      const { calls, failed } = await sources.calls.sums(scope, windowOf(rule, now))
      return { value: calls < rule.leastCalls ? null : (100 * failed) / calls, scope }
    }
    case 'latency':
      return slowestModel(rule, sources, now)
    case 'budget':
      return fullestBudget(scope, sources.budgets())
    case 'provider-down':
      return worstProvider(scope, sources.models())
    case 'no-data': {
      const last = await sources.calls.lastCallAt(scope)
      return { value: last === null ? null : Math.max(0, now - last) / HOUR_MS, scope }
    }
  }
}

/** What the window cost against the median of the same time of the day, of the days before on which there were calls. */
async function timesUsualCost(rule: Measured, { calls }: AlertSources, now: number): Promise<number | null> {
  const recent = await calls.sums(rule.scope, windowOf(rule, now))
  if (recent.calls < rule.leastCalls) return null
  const usual: number[] = []
  for (let days = 1; days <= USUAL_COST_DAYS; days++) {
    const { nanoUsd } = await calls.sums(rule.scope, windowOf(rule, sameTimeDaysBefore(now, days)))
    if (nanoUsd > 0) usual.push(nanoUsd)
  }
  return usual.length < LEAST_USUAL_DAYS ? null : recent.nanoUsd / median(usual)
}

/** By the person's own clock: a habit of nine o'clock is one before and after clocks change. */
function sameTimeDaysBefore(time: number, days: number): number {
  const date = new Date(time)
  return date.setDate(date.getDate() - days)
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper
}

/** Each model against itself: one that is slow by nature would otherwise be an alarm on the day it is first used. */
async function slowestModel(rule: Measured, { calls }: AlertSources, now: number): Promise<Measurement> {
  const recent = windowOf(rule, now)
  const before = { from: now - USUAL_LATENCY_MS, until: recent.from }
  let slowest: Measurement = { value: null, scope: rule.scope }
  for (const model of await calls.models(rule.scope, recent, rule.leastCalls)) {
    const scope = { ...rule.scope, model }
    const ms = (period: Period) => calls.percentileMs(scope, period, SLOWEST_SHARE, rule.leastCalls)
    const [is, was] = [await ms(recent), await ms(before)]
    if (is === null || was === null || was === 0) continue
    if (is / was > (slowest.value ?? 0)) slowest = { value: is / was, scope }
  }
  return slowest
}

function fullestBudget(scope: AlertRule['scope'], budgets: readonly WatchedBudget[]): Measurement {
  let fullest: Measurement = { value: null, scope }
  for (const budget of budgets) {
    const { id, limitNanoUsd, spentNanoUsd, paused } = budget
    if (paused || (scope.budgetId !== undefined && scope.budgetId !== id)) continue
    const percent = (100 * spentNanoUsd) / limitNanoUsd
    if (percent > (fullest.value ?? -1))
      fullest = { value: percent, scope: { ...callsOf(budget.scope), budgetId: id } }
  }
  return fullest
}

/** The calls that a budget pays for. */
export function callsOf(scope: WatchedBudget['scope']): CallScope {
  switch (scope.kind) {
    case 'all':
      return {}
    case 'provider':
      return { provider: scope.providerId }
    case 'model':
      return { model: scope.model }
    case 'app-key':
      return { app: scope.keyId }
    case 'project':
      return { project: scope.project }
    case 'feature':
      return { feature: scope.feature }
  }
}

/** A rest that has run out is no proof of health: until a call succeeds, what only failed is still down. */
function worstProvider(scope: CallScope, models: readonly WatchedModel[]): Measurement {
  let worst: Measurement = { value: null, scope }
  for (const { model, state, calls, failures } of models) {
    const provider = model.slice(0, model.indexOf('/'))
    if (scope.provider !== undefined && scope.provider !== provider) continue
    if (scope.model !== undefined && scope.model !== model) continue
    const isDown = state === 'resting' || (failures === calls && failures >= FAILURES_OF_DOWN)
    const value = isDown ? Math.max(1, failures) : 0
    if (value > (worst.value ?? -1)) worst = { value, scope: value > 0 ? { ...scope, provider } : scope }
  }
  return worst
}
