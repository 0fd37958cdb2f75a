import type { AlertRule } from '../../../../core/contract/alerts.ts'
import { formatUsd, formatUsdExact, toNanoUsd, toUsd } from '../../../components/format/money.ts'
import type { DotTone } from '../../../components/status-dot.tsx'

export type AlertKind = AlertRule['kind']

interface KindWords {
  label: string
  /** What makes it speak, in a sentence. */
  hint: string
  /** Of the threshold, in a form. */
  unit: string
  threshold: string
  /** What a form asks for besides: what is not asked has a usual value that changes little. */
  asks: { window: boolean; leastCalls: boolean; scopes: readonly ScopeName[] }
  usual: { threshold: number; windowMinutes: number; leastCalls: number }
}

const HOUR = 60
const DAY = 24 * HOUR

/** To what calls can be narrowed. */
export const scopeNames = ['provider', 'model', 'app', 'feature'] as const
export type ScopeName = (typeof scopeNames)[number]

const rate = { window: true, leastCalls: true, scopes: scopeNames }

export const kinds: Record<AlertKind, KindWords> = {
  cost: {
    label: 'Cost',
    hint: 'More is spent within the time than this.',
    unit: '$',
    threshold: 'More than',
    asks: { window: true, leastCalls: false, scopes: scopeNames },
    usual: { threshold: 5_000_000_000, windowMinutes: DAY, leastCalls: 1 }
  },
  anomaly: {
    label: 'Unusual spending',
    hint: 'The time costs so many times what it usually does at this hour of the day.',
    unit: '×',
    threshold: 'Times the usual',
    asks: rate,
    usual: { threshold: 3, windowMinutes: HOUR, leastCalls: 10 }
  },
  'error-rate': {
    label: 'Failed calls',
    hint: 'More of the calls fail than this.',
    unit: '%',
    threshold: 'More than',
    asks: rate,
    usual: { threshold: 10, windowMinutes: 15, leastCalls: 10 }
  },
  latency: {
    label: 'Slow answers',
    hint: 'The slowest twentieth takes so many times what it did over the last week.',
    unit: '×',
    threshold: 'Times the usual',
    asks: rate,
    usual: { threshold: 1.5, windowMinutes: HOUR, leastCalls: 20 }
  },
  budget: {
    label: 'Budget',
    hint: 'A budget is used up to this part.',
    unit: '%',
    threshold: 'From',
    asks: { window: false, leastCalls: false, scopes: [] },
    usual: { threshold: 80, windowMinutes: HOUR, leastCalls: 1 }
  },
  'provider-down': {
    label: 'Provider down',
    hint: 'A model rests because it failed, or only fails: so many of its calls in the last five minutes.',
    unit: 'calls',
    threshold: 'Failed calls',
    asks: { window: false, leastCalls: false, scopes: ['provider', 'model'] },
    usual: { threshold: 1, windowMinutes: 5, leastCalls: 1 }
  },
  'no-data': {
    label: 'Silence',
    hint: 'No call comes for so long, where there usually are some.',
    unit: 'h',
    threshold: 'Hours without a call',
    asks: { window: false, leastCalls: false, scopes: scopeNames },
    usual: { threshold: 24, windowMinutes: DAY, leastCalls: 1 }
  }
}

/** The threshold as a form shows it: dollars for money, the number itself otherwise. And back. */
export const toField = (kind: AlertKind, threshold: number): number =>
  kind === 'cost' ? toUsd(threshold) : threshold
export const fromField = (kind: AlertKind, value: number): number =>
  kind === 'cost' ? toNanoUsd(value) : value

/** What was measured, or the threshold, with its unit: `$4.20`, `3.2 ×`, `12 %`. */
export function formatValue(kind: AlertKind, value: number): string {
  if (kind === 'cost') return formatUsd(value)
  const number = Number.isInteger(value) ? String(value) : value.toFixed(1)
  if (kind === 'provider-down') return `${number} failed`
  return `${number} ${kinds[kind].unit}`
}

/** When a rule speaks: `over $5.00 in 24 h`. */
export function ruleWords({ kind, threshold, windowMinutes, builtIn }: AlertRule): string {
  switch (kind) {
    case 'cost':
      return `over ${formatUsdExact(threshold)} in ${windowWords(windowMinutes)}`
    case 'anomaly':
      return `over ${formatValue(kind, threshold)} the usual, in ${windowWords(windowMinutes)}`
    case 'error-rate':
      return `over ${formatValue(kind, threshold)} of calls in ${windowWords(windowMinutes)}`
    case 'latency':
      return `over ${formatValue(kind, threshold)} last week’s, in ${windowWords(windowMinutes)}`
    case 'budget':
      return builtIn
        ? 'at the percents each budget names'
        : `from ${formatValue(kind, threshold)} of a budget`
    case 'provider-down':
      return threshold <= 1
        ? 'a provider does not answer'
        : `a provider does not answer, from ${threshold} failed calls on`
    case 'no-data':
      return `no call for ${windowWords(threshold * HOUR)}`
  }
}

/** Minutes as people say them: `15 min`, `24 h`, `7 days`. */
export function windowWords(minutes: number): string {
  if (minutes < HOUR || minutes % HOUR !== 0) return `${minutes} min`
  const hours = minutes / HOUR
  return hours <= 48 || hours % 24 !== 0 ? `${hours} h` : `${hours / 24} days`
}

/** What it is narrowed to: `openai, Claude Code`; null where it watches everything. */
export function scopeWords({
  scope: { provider, model, app, feature }
}: Pick<AlertRule, 'scope'>): string | null {
  const parts = [provider, model, app, feature].filter((part) => part !== undefined)
  return parts.length === 0 ? null : parts.join(', ')
}

export const states: Record<AlertRule['state'], { label: string; tone: DotTone }> = {
  unknown: { label: 'not judged yet', tone: 'idle' },
  ok: { label: 'fine', tone: 'ok' },
  warning: { label: 'warning', tone: 'warn' },
  alert: { label: 'alert', tone: 'bad' },
  'no-data': { label: 'no data', tone: 'bad' },
  paused: { label: 'paused', tone: 'idle' }
}
