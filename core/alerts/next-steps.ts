import type { Notice } from '../contract/alerts.ts'
import type { AlertSources, CallBehind, WatchedBudget } from './alert-sources.ts'

/** What the person can do at once about a call that something is wrong with, and about the budget it is on. */
export function nextSteps(
  about: { call: CallBehind | null; providerId: string | undefined; budget: WatchedBudget | null },
  { isAlias, keyName }: Pick<AlertSources, 'isAlias' | 'keyName'>
): Notice['steps'] {
  const { call, budget } = about
  const steps: Notice['steps'] = []
  if (budget)
    steps.push({ kind: 'raise-budget', budgetId: budget.id, label: `Raise the budget “${budget.name}”` })

  const keyId = budget?.scope.kind === 'app-key' ? budget.scope.keyId : (call?.keyId ?? null)
  const key = keyId === null ? null : keyName(keyId)
  if (keyId !== null && key !== null) steps.push({ kind: 'pause-key', keyId, label: `Pause “${key}”` })

  if (call && isAlias(call.model))
    steps.push({ kind: 'edit-alias', alias: call.model, label: `Change what ${call.model} asks` })

  const providerId = about.providerId ?? call?.providerId
  if (!budget && providerId) steps.push({ kind: 'open-provider', providerId, label: `Look at ${providerId}` })
  return steps
}
