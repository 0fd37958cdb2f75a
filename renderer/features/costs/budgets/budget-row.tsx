import { Ellipsis, Pause, Pencil, Play, Trash2 } from 'lucide-react'
import type { Budget } from '../../../../core/contract/budgets.ts'
import { attempt } from '../../../client/app-request-error.ts'
import { IconButton } from '../../../components/button.tsx'
import { formatUsd, formatUsdExact } from '../../../components/format/money.ts'
import { formatDateTime } from '../../../components/format/time.ts'
import { formatCount } from '../../../components/format/tokens.ts'
import { Menu, MenuItem } from '../../../components/menu.tsx'
import { showToast } from '../../../components/toasts.tsx'
import { BudgetBar } from './budget-bar.tsx'
import { actionWords, budgetFill, leftWords, periodWords, scopeWords } from './budget-words.ts'
import { setPaused } from './save-budget.ts'
import { useNames } from './use-names.ts'

interface BudgetRowProps {
  budget: Budget
  onEdit: () => void
  onRemove: () => void
}

export function BudgetRow({ budget, onEdit, onRemove }: BudgetRowProps) {
  const names = useNames()
  const paused = budget.paused
  const { percent, tone } = budgetFill(budget)
  const toggle = (): void =>
    void attempt(() => setPaused(budget, !paused)).then((problem) => problem && showToast(problem))
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_30px] items-center gap-x-6 py-3.5">
      <div className="min-w-0">
        <div className="truncate font-medium" title={budget.name}>
          {budget.name}
          {paused && <span className="pl-2 text-s font-normal text-text-3">paused</span>}
        </div>
        <div className="truncate text-s text-text-2">
          {formatUsd(budget.limitNanoUsd)} {periodWords[budget.period]} for {scopeWords(budget.scope, names)}
        </div>
        <div className="truncate text-s text-text-3">
          Used up: {actionWords(budget.actions)}
          {budget.unknownPrice === 'refuse' && '; refuses calls of unknown price'}
        </div>
      </div>
      <div className="min-w-0">
        <div className="flex items-baseline justify-between gap-3 pb-1.5 text-s">
          <span>
            <span className="font-medium" title={formatUsdExact(budget.spentNanoUsd)}>
              {formatUsd(budget.spentNanoUsd)}
            </span>
            <span
              className={
                tone === 'bad' ? 'text-bad-text' : tone === 'warn' ? 'text-warn-text' : 'text-text-3'
              }
            >
              {` ${percent} %`}
            </span>
          </span>
          <span className="text-text-2">{leftWords(budget)}</span>
        </div>
        <BudgetBar budget={budget} />
        <div className="truncate pt-1.5 text-xs text-text-3">
          Until {formatDateTime(budget.periodEnd)}
          {budget.unknownPriceCalls > 0 &&
            ` · ${formatCount(budget.unknownPriceCalls)} ${budget.unknownPriceCalls === 1 ? 'call' : 'calls'} of unknown price not in it`}
        </div>
      </div>
      <Menu
        trigger={
          <IconButton label={`Actions for ${budget.name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={onEdit}>
          Change
        </MenuItem>
        <MenuItem icon={paused ? <Play /> : <Pause />} onSelect={toggle}>
          {paused ? 'Go on' : 'Pause'}
        </MenuItem>
        <MenuItem danger icon={<Trash2 />} onSelect={onRemove}>
          Remove
        </MenuItem>
      </Menu>
    </li>
  )
}
