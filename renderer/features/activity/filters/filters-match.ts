import type { TraceSummary } from '../../../../core/contract/traces.ts'
import { askedFilters, type Filters } from './filters.ts'

/** Whether the daemon would list this call, leaving aside words in its texts: those only the daemon knows. */
export function matchesFilters(trace: TraceSummary, filters: Filters, now: number): boolean {
  const { from, until, tag, model, search, ...asked } = askedFilters(filters, now)
  const { labels, cost } = trace
  const same = (wanted: string | undefined, value: string | null | undefined): boolean =>
    wanted === undefined || wanted === (value ?? '')
  return (
    within(trace.startedAt, from, until === undefined ? undefined : until - 1) &&
    same(asked.status, trace.status) &&
    same(asked.provider, trace.providerId) &&
    same(asked.app, trace.app) &&
    same(asked.dialect, trace.dialect) &&
    same(asked.feature, labels?.feature) &&
    same(asked.project, labels?.project) &&
    same(asked.session, labels?.session) &&
    same(asked.source, trace.source ?? 'gateway') &&
    (tag === undefined || labels?.tags.includes(tag) === true) &&
    isOfModel(trace, model) &&
    within(cost.kind === 'priced' ? cost.nanoUsd : null, asked.minCostNanoUsd, asked.maxCostNanoUsd) &&
    within(trace.durationMs, asked.minDurationMs, asked.maxDurationMs) &&
    hasWords(trace, search)
  )
}

function within(value: number | null, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true
  return value !== null && value >= (min ?? value) && value <= (max ?? value)
}

function hasWords({ title, model, providerModel, app }: TraceSummary, search: string | undefined): boolean {
  const words = search?.trim().toLowerCase() ?? ''
  return [title, model, providerModel ?? '', app].join('\n').toLowerCase().includes(words)
}

/** The model asked for, or the one that answered; '' for calls that reached none. */
function isOfModel({ model, providerId, providerModel }: TraceSummary, asked: string | undefined): boolean {
  if (asked === '') return providerId === null
  return asked === undefined || asked === model || asked === `${providerId}/${providerModel}`
}
