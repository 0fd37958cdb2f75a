import type { Bar } from '../budgets/budgets.ts'
import type { Budget } from '../contract/budgets.ts'
import { HomeportError } from '../errors/homeport-error.ts'

/** Calls that run have usually ended by then, and what they did not need is free again. */
const RETRY_AFTER_SECONDS = 5

/** The answer to a call that a budget does not allow. */
export function budgetRefusal({ budget, why }: Bar, model: string): HomeportError {
  const { name, limitNanoUsd, spentNanoUsd } = budget
  switch (why) {
    case 'unknown-price':
      return new HomeportError(
        'budget-exceeded',
        `Nobody knows what ${model} costs, and the budget "${name}" refuses such calls.`,
        { action: 'Set its price in Costs, or let the budget allow unknown prices.' }
      )
    case 'reserved':
      return new HomeportError(
        'rate-limited',
        `What is left of the budget "${name}" is set aside for calls that have not ended.`,
        { action: 'Ask again when they have.', retryable: true, retryAfterSeconds: RETRY_AFTER_SECONDS }
      )
    case 'spent':
      return new HomeportError(
        'budget-exceeded',
        `The budget "${name}" does not pay for this call: ${dollars(spentNanoUsd)} of ${dollars(limitNanoUsd)} ${periods[budget.period]} are spent.`,
        { action: `Raise it in Costs, or wait: it begins anew on ${dayOf(budget.periodEnd)}.` }
      )
  }
}

const periods: Readonly<Record<Budget['period'], string>> = {
  day: 'for today',
  week: 'for this week',
  month: 'for this month'
}

const dollars = (nanoUsd: number): string => `$${(nanoUsd / 1e9).toFixed(nanoUsd % 1e7 === 0 ? 2 : 6)}`

/** Of the person's own calendar, as `YYYY-MM-DD`. */
const dayOf = (time: number): string => new Date(time).toLocaleDateString('sv-SE')
