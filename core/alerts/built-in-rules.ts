import type { AlertRule } from '../contract/alerts.ts'

type BuiltIn = Omit<AlertRule, 'state' | 'stateSince' | 'value' | 'builtIn'>

const HOUR = 60
const common = { scope: {}, renotifyMinutes: 0, webhookUrl: null, paused: false } as const

/** Tells of budgets: each at the percents it names itself. */
export const BUDGET_RULE_ID = 'built-in-budget'

/** What is watched before the person has said anything. They can be changed and paused, not deleted. */
export const builtInRules: readonly BuiltIn[] = [
  {
    ...common,
    id: BUDGET_RULE_ID,
    name: 'Budgets',
    kind: 'budget',
    threshold: 80,
    windowMinutes: HOUR,
    leastCalls: 1
  },
  {
    ...common,
    id: 'built-in-anomaly',
    name: 'Unusual spending',
    kind: 'anomaly',
    threshold: 3,
    windowMinutes: HOUR,
    leastCalls: 10
  },
  {
    ...common,
    id: 'built-in-errors',
    name: 'Failing calls',
    kind: 'error-rate',
    threshold: 10,
    windowMinutes: 15,
    leastCalls: 10
  },
  {
    ...common,
    id: 'built-in-latency',
    name: 'Slow answers',
    kind: 'latency',
    threshold: 1.5,
    windowMinutes: HOUR,
    leastCalls: 20
  },
  {
    ...common,
    id: 'built-in-provider-down',
    name: 'Provider down',
    kind: 'provider-down',
    threshold: 1,
    windowMinutes: 5,
    leastCalls: 1
  }
]

export const isBuiltIn = (id: string): boolean => builtInRules.some((rule) => rule.id === id)
