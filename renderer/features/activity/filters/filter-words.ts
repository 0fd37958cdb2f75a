import type { TraceSource } from '../../../../core/contract/traces.ts'
import { formatUsd } from '../../../components/format/money.ts'
import { formatDateTime, formatDuration } from '../../../components/format/time.ts'
import { callStatus } from '../call-status.ts'
import type { FilterName, Filters, TimeWindow } from './filters.ts'

/** What is told apart by its values, in the order in which one looks for something. */
export const facetNames = ['status', 'app', 'model', 'provider', 'project', 'feature', 'tag'] as const
export type FacetName = (typeof facetNames)[number]

export const facetLabels: Record<FacetName, string> = {
  status: 'Ended',
  app: 'App',
  model: 'Model',
  provider: 'Provider',
  project: 'Project',
  feature: 'Feature',
  tag: 'Tag'
}

export const windowLabels: Record<TimeWindow, string> = {
  '1h': 'Last hour',
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days'
}

export const sourceLabels: Record<TraceSource, string> = {
  gateway: 'Through Homeport',
  otlp: 'Sent by programs',
  mcp: 'Notes read'
}

/** Names that stand for ids. */
export interface Names {
  provider(id: string): string
}

/** A facet's value as people call it. */
export function valueWords(name: FacetName, value: string, names: Names): string {
  if (value === '') return 'None'
  if (name === 'status') return statusWords(value)
  return name === 'provider' ? names.provider(value) : value
}

function statusWords(value: string): string {
  const words = Object.entries(callStatus).find(([status]) => status === value)?.[1].label ?? value
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What narrows the list, in few words: `Model: gpt-5.2`, `Took at least 2.00 s`. */
export function filterWords(name: FilterName, filters: Filters, names: Names): string {
  const value = filters[name]
  if (value === undefined) return ''
  if (value === '') return name === 'model' ? 'No model was asked' : `No ${name}`
  switch (name) {
    case 'status':
      return statusWords(String(value))
    case 'provider':
      return `Provider: ${names.provider(String(value))}`
    case 'session':
      return `Session: ${value}`
    case 'source':
      return sourceLabels[filters.source ?? 'gateway']
    case 'since':
      return filters.since === undefined ? '' : windowLabels[filters.since]
    case 'from':
      return `From ${formatDateTime(Number(value))}`
    case 'until':
      return `Before ${formatDateTime(Number(value))}`
    case 'minCostNanoUsd':
      return `Cost at least ${formatUsd(Number(value))}`
    case 'maxCostNanoUsd':
      return `Cost at most ${formatUsd(Number(value))}`
    case 'minDurationMs':
      return `Took at least ${formatDuration(Number(value))}`
    case 'maxDurationMs':
      return `Took at most ${formatDuration(Number(value))}`
    case 'dialect':
      return `Dialect: ${value}`
    case 'search':
      return `Title: “${value}”`
    case 'text':
      return `Text: “${value}”`
    default:
      return `${facetLabels[name]}: ${value}`
  }
}
