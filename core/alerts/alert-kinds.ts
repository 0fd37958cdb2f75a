import type { AlertRule } from '../contract/alerts.ts'

export type AlertKind = AlertRule['kind']
export type AlertState = AlertRule['state']
/** What a measurement says, whatever was before. */
export type Level = Extract<AlertState, 'ok' | 'warning' | 'alert' | 'no-data'>

interface KindRules {
  /** Where it begins: at a limit itself, or only past it. */
  begins: 'at' | 'past'
  /** Where it warns, if it does before it is at its worst. */
  warnsFrom?: (threshold: number) => number
  /** Where it is at its worst, if not at the threshold. */
  worstFrom?: (threshold: number) => number
  worst: 'alert' | 'no-data'
  /** Whether the person wants to hear that it is over. Money that was spent stays spent. */
  tellsEnd: boolean
}

const kinds: Readonly<Record<AlertKind, KindRules>> = {
  cost: { begins: 'at', warnsFrom: (threshold) => threshold * 0.8, worst: 'alert', tellsEnd: false },
  budget: {
    begins: 'at',
    warnsFrom: (threshold) => threshold,
    // used up
    worstFrom: (threshold) => Math.max(100, threshold),
    worst: 'alert',
    tellsEnd: false
  },
  anomaly: { begins: 'past', worst: 'alert', tellsEnd: false },
  'error-rate': { begins: 'past', worst: 'alert', tellsEnd: true },
  latency: { begins: 'past', worst: 'alert', tellsEnd: true },
  'provider-down': { begins: 'at', worst: 'alert', tellsEnd: true },
  'no-data': { begins: 'at', worst: 'no-data', tellsEnd: true }
}

export const tellsEnd = (kind: AlertKind): boolean => kinds[kind].tellsEnd

/** How bad a value is; `value` and `threshold` are in the kind's unit. */
export function levelOf(kind: AlertKind, value: number, threshold: number): Level {
  const { begins, warnsFrom, worstFrom, worst } = kinds[kind]
  const reaches = (limit: number): boolean => (begins === 'at' ? value >= limit : value > limit)
  if (reaches(worstFrom?.(threshold) ?? threshold)) return worst
  return warnsFrom && reaches(warnsFrom(threshold)) ? 'warning' : 'ok'
}

const severities: Readonly<Record<AlertState, number>> = {
  unknown: 0,
  paused: 0,
  ok: 0,
  warning: 1,
  alert: 2,
  'no-data': 2
}
export const severityOf = (state: AlertState): number => severities[state]
