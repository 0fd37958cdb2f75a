import type { AlertRule } from '../contract/alerts.ts'
import { type AlertState, levelOf, severityOf, tellsEnd } from './alert-kinds.ts'

/** It gets better only after so long without a relapse: what swings around its threshold is told once. */
export const CALM_MS = 5 * 60_000
/** And only where the value has fallen by this part below what made it bad. */
const FALL = 0.1

/** How a rule stands. Times are milliseconds UTC. */
export interface Standing {
  state: AlertState
  since: number
  /** Measured last, in the unit of the threshold; null: there was too little to judge. */
  value: number | null
  /** When the person was told last of what goes on; null: there is nothing, or they were not. */
  toldAt: number | null
  /** Since when what is measured no longer holds the state up. */
  calmSince: number | null
}

/** Why the person is told now. `over`: it is well again. */
export type Occasion = 'begun' | 'worse' | 'again' | 'over'

export interface Step {
  standing: Standing
  occasion: Occasion | null
}

type Judged = Pick<AlertRule, 'kind' | 'threshold' | 'windowMinutes' | 'renotifyMinutes' | 'paused'>

export const unjudged = (now: number): Standing => ({
  state: 'unknown',
  since: now,
  value: null,
  toldAt: null,
  calmSince: null
})

/**
 * How a rule stands after a measurement, and whether that is worth telling. It gets worse at once, better after a calm;
 * what cannot be judged for as long as its window becomes unknown, without a word.
 */
export function nextStanding(rule: Judged, before: Standing, value: number | null, now: number): Step {
  if (rule.paused) return quiet(before.state === 'paused' ? before : { ...unjudged(now), state: 'paused' })
  if (before.state === 'paused') return nextStanding(rule, unjudged(now), value, now)
  if (value === null) return quiet(withoutValue(rule, before, now))

  const level = levelOf(rule.kind, value, rule.threshold)
  const held = { ...before, value, calmSince: null }
  if (severityOf(level) > severityOf(before.state)) {
    const occasion = severityOf(before.state) === 0 ? 'begun' : 'worse'
    return { standing: { ...held, state: level, since: now, toldAt: now }, occasion }
  }
  if (before.state === 'unknown') return quiet({ ...held, state: level, since: now })
  const fallen = levelOf(rule.kind, value / (1 - FALL), rule.threshold)
  if (severityOf(fallen) >= severityOf(before.state)) return toldAgain(rule, held, now)

  const calmSince = before.calmSince ?? now
  if (now - calmSince < CALM_MS) return quiet({ ...held, calmSince })
  const better = { ...held, state: level, since: now }
  if (level !== 'ok') return quiet(better)
  return { standing: { ...better, toldAt: null }, occasion: tellsEnd(rule.kind) ? 'over' : null }
}

function withoutValue({ windowMinutes }: Judged, before: Standing, now: number): Standing {
  if (before.state === 'unknown') return before
  const calmSince = before.calmSince ?? now
  if (now - calmSince >= windowMinutes * 60_000) return unjudged(now)
  return { ...before, value: null, calmSince }
}

function toldAgain({ renotifyMinutes }: Judged, standing: Standing, now: number): Step {
  const { state, toldAt } = standing
  const isDue = renotifyMinutes > 0 && toldAt !== null && now - toldAt >= renotifyMinutes * 60_000
  if (severityOf(state) === 0 || !isDue) return quiet(standing)
  return { standing: { ...standing, toldAt: now }, occasion: 'again' }
}

const quiet = (standing: Standing): Step => ({ standing, occasion: null })
