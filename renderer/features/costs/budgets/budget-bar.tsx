import type { Budget } from '../../../../core/contract/budgets.ts'
import { classNames } from '../../../components/class-names.ts'
import { formatUsd } from '../../../components/format/money.ts'
import { budgetFill } from './budget-words.ts'

const tones = { ok: 'bg-accent', warn: 'bg-warn', bad: 'bg-bad' }

/** How much of a budget is spent, what is set aside for calls that run, and where the person is told. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { spent, reserved, percent, tone } = budgetFill(budget)
  return (
    // biome-ignore lint/a11y/useSemanticElements: of several parts, which <meter> cannot show
    <div
      role="meter"
      aria-label={`Spent of ${budget.name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.min(100, percent)}
      aria-valuetext={`${percent} %: ${formatUsd(budget.spentNanoUsd)} of ${formatUsd(budget.limitNanoUsd)}`}
      className="relative h-2"
    >
      <div className="flex h-full overflow-hidden rounded-full bg-press">
        <div
          className={classNames(
            'h-full',
            budget.paused ? 'bg-text-3' : tones[tone],
            spent > 0 && 'min-w-0.5'
          )}
          style={{ width: `${spent * 100}%` }}
        />
        <div
          title={`${formatUsd(budget.reservedNanoUsd)} set aside for calls that run`}
          className="h-full bg-line-strong"
          style={{ width: `${reserved * 100}%` }}
        />
      </div>
      {budget.warnAt
        .filter((level) => level < 100)
        .map((level) => (
          <span
            key={level}
            title={`You are told at ${level} %`}
            className="absolute -inset-y-0.5 w-px bg-text-2"
            style={{ left: `${level}%` }}
          />
        ))}
    </div>
  )
}
