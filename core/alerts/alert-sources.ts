import type { AlertRule } from '../contract/alerts.ts'
import type { Budget } from '../contract/budgets.ts'

/** Calls that all of these fit. `model` is `provider/model`; `app` the name or the id of a caller. */
export interface CallScope extends Omit<AlertRule['scope'], 'budgetId'> {
  project?: string | undefined
}

/** `from` is part of it, `until` is not. Milliseconds UTC. */
export interface Period {
  from: number
  until: number
}

export interface CallSums {
  calls: number
  /** Ended in an error, or broken off by the upstream. */
  failed: number
  /** Of calls with a known price. */
  nanoUsd: number
}

/** A call to look at when something is wrong. */
export interface CallBehind {
  traceId: string
  /** As asked for. */
  model: string
  providerId: string | null
  /** Of the program that asked; null for the app's own calls. */
  keyId: string | null
}

/** What has been called, as alerts look at it: numbers over a scope and a time. */
export interface WatchedCalls {
  sums(scope: CallScope, period: Period): Promise<CallSums>
  /** `provider/model` of those that may have at least so many calls that succeeded; none that has is left out. */
  models(scope: CallScope, period: Period, leastCalls: number): Promise<string[]>
  /**
   * The time in milliseconds within which this share of the successful calls ended, kept answers left out. Null with fewer
   * than `leastCalls`.
   */
  percentileMs(scope: CallScope, period: Period, share: number, leastCalls: number): Promise<number | null>
  lastCallAt(scope: CallScope): Promise<number | null>
  /** The most expensive, the slowest, or the last that failed; null when there is none. */
  behind(
    scope: CallScope,
    period: Period,
    by: 'cost' | 'duration' | 'failure' | 'newest'
  ): Promise<CallBehind | null>
}

export type WatchedBudget = Pick<
  Budget,
  'id' | 'name' | 'scope' | 'limitNanoUsd' | 'spentNanoUsd' | 'period' | 'actions' | 'paused'
>

/** A model as routing knows it: `provider/model`, its state and its last five minutes. */
export interface WatchedModel {
  model: string
  state: 'unused' | 'well' | 'resting' | 'trying'
  calls: number
  failures: number
}

/** All that alerts need of the other rooms. */
export interface AlertSources {
  calls: WatchedCalls
  budgets(): readonly WatchedBudget[]
  models(): readonly WatchedModel[]
  isAlias(name: string): boolean
  /** Null for a key that is not there, or was revoked. */
  keyName(id: string): string | null
}
