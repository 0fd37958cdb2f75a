import type { Budget, SaveBudget } from '../../../../core/contract/budgets.ts'
import { daemon } from '../../../client/daemon.ts'
import { budgets } from '../../../client/resources.ts'

/** Makes a budget, or replaces the one of this id. */
export async function saveBudget(id: string | null, body: SaveBudget): Promise<void> {
  if (id === null) await daemon.invoke('POST /app/budgets', { body })
  else await daemon.invoke('PUT /app/budgets/:id', { params: { id }, body })
  // not waited for: it may have just been asked for, and then comes a moment later
  void budgets.refresh()
}

export async function setPaused(budget: Budget, paused: boolean): Promise<void> {
  const { name, scope, limitNanoUsd, period, warnAt, actions, unknownPrice } = budget
  await saveBudget(budget.id, { name, scope, limitNanoUsd, period, warnAt, actions, unknownPrice, paused })
}

export async function removeBudget(id: string): Promise<void> {
  await daemon.invoke('DELETE /app/budgets/:id', { params: { id } })
  void budgets.refresh()
}
