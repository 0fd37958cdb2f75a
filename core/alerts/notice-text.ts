import type { AlertRule } from '../contract/alerts.ts'
import type { WatchedBudget } from './alert-sources.ts'
import type { Measurement } from './measure.ts'
import type { Occasion } from './standing.ts'

export interface NoticeText {
  title: string
  text: string
}

/** What the person reads. `budget` is the one that a rule about budgets is about. */
export function noticeText(
  rule: AlertRule,
  occasion: Occasion,
  { value, scope }: Measurement,
  budget: WatchedBudget | null
): NoticeText {
  const measured = value ?? 0
  const rest = `Told by the alert “${rule.name}”${occasion === 'again' ? ', again: it goes on' : ''}.`
  if (occasion === 'over') return { title: `${rule.name}: over`, text: rest }
  const [title, detail] = words(rule, measured, scope, budget)
  return { title, text: `${detail} ${rest}` }
}

/** Of a budget that has reached one of the percents at which it tells. */
export function budgetText(budget: WatchedBudget, percent: number): NoticeText {
  const { name, spentNanoUsd, limitNanoUsd, period, actions } = budget
  const spent = `${dollars(spentNanoUsd)} of ${dollars(limitNanoUsd)} this ${period}.`
  if (percent < 100) return { title: `Budget “${name}”: ${percent} % used`, text: spent }
  const then = { 'use-model': 'a cheaper model', 'on-device': 'a model of this machine', refuse: 'a refusal' }
  const [first] = actions
  const consequence = first
    ? `Calls now get ${then[first.kind]} until the ${period} ends.`
    : 'Calls go on: this budget only tells.'
  return { title: `Budget “${name}” is used up`, text: `${spent} ${consequence}` }
}

function words(
  rule: AlertRule,
  value: number,
  scope: Measurement['scope'],
  budget: WatchedBudget | null
): [title: string, detail: string] {
  const { threshold, leastCalls } = rule
  const time = timeText(rule.windowMinutes)
  const subject = whatIsWatched(rule, scope)
  switch (rule.kind) {
    case 'cost':
      return [
        `${subject}: ${dollars(value)} in ${time}`,
        `The limit is ${dollars(threshold)}; it warns at ${dollars(threshold * 0.8)}.`
      ]
    case 'anomaly':
      return [
        `${subject}: ${times(value)} the usual`,
        `Spent in ${time}, against the median of the same time on the 28 days before.`
      ]
    case 'error-rate':
      return [
        `${subject}: ${Math.round(value)} % fail`,
        `More than ${threshold} % of at least ${leastCalls} calls in ${time}.`
      ]
    case 'latency':
      return [
        `${subject}: ${times(value)} as slow as usual`,
        `The time within which 19 of 20 answers end: in ${time}, against the seven days before.`
      ]
    case 'budget':
      return budget
        ? [
            `Budget “${budget.name}”: ${Math.round(value)} % used`,
            `${dollars(budget.spentNanoUsd)} of ${dollars(budget.limitNanoUsd)} this ${budget.period}.`
          ]
        : [`${subject}: ${Math.round(value)} % used`, '']
    case 'provider-down':
      return [
        `${subject} does not answer`,
        `${Math.round(value)} of its last calls failed. Aliases go to their next model until it is back.`
      ]
    case 'no-data':
      return [`${subject}: no call for ${hours(value)}`, `One was expected within ${hours(threshold)}.`]
  }
}

/** Who or what, as a title begins. */
function whatIsWatched(rule: AlertRule, scope: Measurement['scope']): string {
  const { model, provider, app, feature } = scope
  const named = model ?? provider ?? app ?? feature
  return named ?? rule.name
}

/** Nano-USD as people write money; parts of a cent where there is less than one. */
function dollars(nanoUsd: number): string {
  const usd = nanoUsd / 1e9
  return `$${usd.toFixed(usd >= 0.01 || usd === 0 ? 2 : 4)}`
}

const times = (factor: number): string => `${factor.toFixed(1)} times`

function timeText(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? '24 hours' : `${minutes / 1440} days`
  if (minutes % 60 === 0) return minutes === 60 ? 'an hour' : `${minutes / 60} hours`
  return `${minutes} minutes`
}

function hours(count: number): string {
  if (count < 1) return `${Math.round(count * 60)} minutes`
  const rounded = Math.floor(count)
  return rounded === 1 ? 'an hour' : `${rounded} hours`
}
