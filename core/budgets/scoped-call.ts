import type { BudgetScope } from '../contract/budgets.ts'

/** A call as far as budgets tell calls apart. */
export interface ScopedCall {
  /** Who is asked, and the model's id there; null where nobody was. */
  providerId: string | null
  providerModel: string | null
  caller: { kind: 'app-key' | 'app'; id: string }
  labels: { project: string | null; feature: string | null }
}

/** Whether a budget watches the call. */
export function covers(scope: BudgetScope, call: ScopedCall): boolean {
  switch (scope.kind) {
    case 'all':
      return true
    case 'provider':
      return call.providerId === scope.providerId
    case 'model':
      return `${call.providerId}/${call.providerModel}` === scope.model
    case 'app-key':
      return call.caller.kind === 'app-key' && call.caller.id === scope.keyId
    case 'project':
      return call.labels.project === scope.project
    case 'feature':
      return call.labels.feature === scope.feature
  }
}
