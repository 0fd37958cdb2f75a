import type { Budget, BudgetAction, BudgetScope } from '../../../../core/contract/budgets.ts'
import { formatUsd } from '../../../components/format/money.ts'

/** Names of what only has an id. */
export interface Names {
  key: (id: string) => string
  provider: (id: string) => string
}

/** What a budget watches: `all calls`, `calls of Claude Code`. */
export function scopeWords(scope: BudgetScope, names: Names): string {
  switch (scope.kind) {
    case 'all':
      return 'all calls'
    case 'provider':
      return `calls to ${names.provider(scope.providerId)}`
    case 'model':
      return `calls to ${scope.model}`
    case 'app-key':
      return `calls of ${names.key(scope.keyId)}`
    case 'project':
      return `project ${scope.project}`
    case 'feature':
      return `feature ${scope.feature}`
  }
}

export const periodWords: Record<Budget['period'], string> = {
  day: 'a day',
  week: 'a week',
  month: 'a month'
}

/** What happens when it is used up, in its order: `asks qwen3, then refuses`. */
export function actionWords(actions: readonly BudgetAction[]): string {
  return actions.length === 0 ? 'only tells you' : actions.map(oneAction).join(', then ')
}

function oneAction(action: BudgetAction): string {
  switch (action.kind) {
    case 'use-model':
      return `asks ${action.model}`
    case 'on-device':
      return 'goes on-device'
    case 'refuse':
      return 'refuses'
  }
}

export type BudgetTone = 'ok' | 'warn' | 'bad'

/** How full it is. `spent` and `reserved` are parts of the limit, together 1 at most. */
export function budgetFill(
  budget: Pick<Budget, 'limitNanoUsd' | 'spentNanoUsd' | 'reservedNanoUsd' | 'warnAt'>
): {
  spent: number
  reserved: number
  percent: number
  tone: BudgetTone
} {
  const { limitNanoUsd, spentNanoUsd, reservedNanoUsd, warnAt } = budget
  const spent = Math.min(1, spentNanoUsd / limitNanoUsd)
  const reserved = Math.min(1 - spent, reservedNanoUsd / limitNanoUsd)
  const used = (spentNanoUsd / limitNanoUsd) * 100
  // down, so that 99.9 % is not said to be all of it
  const percent = Math.floor(used)
  const warned = warnAt.some((level) => used >= level)
  return { spent, reserved, percent, tone: used >= 100 ? 'bad' : warned ? 'warn' : 'ok' }
}

/** `$4.10 left`, or by how much it is over. */
export function leftWords({
  limitNanoUsd,
  spentNanoUsd
}: Pick<Budget, 'limitNanoUsd' | 'spentNanoUsd'>): string {
  const left = limitNanoUsd - spentNanoUsd
  return left >= 0 ? `${formatUsd(left)} left` : `${formatUsd(-left)} over`
}
