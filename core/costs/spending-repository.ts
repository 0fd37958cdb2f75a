import type { BudgetScope } from '../contract/budgets.ts'
import type { SqlValue } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'

/** Sums are kept by quarters of an hour. */
const QUARTER_MS = 900_000

interface Spending {
  nanoUsd: number
  unknownPriceCalls: number
}

/** What was spent, as budgets ask for it: the sums that the ledger keeps. */
export class SpendingRepository {
  readonly #reader: Reader

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** Of all calls of a scope since a local midnight (milliseconds UTC), in nano-USD; calls without a known price apart. */
  spentSince(scope: BudgetScope, since: number): Spending {
    const [condition, ...values] = conditionOf(scope)
    const sums = this.#reader.get<Spending>(
      `SELECT coalesce(sum(s.nano_usd), 0) AS nanoUsd, coalesce(sum(s.unknown_price_calls), 0) AS unknownPriceCalls
       FROM ledger_groups g JOIN ledger_sums s ON s.group_id = g.id
       WHERE s.quarter >= ? AND ${condition}`,
      Math.floor(since / QUARTER_MS),
      ...values
    )
    return sums ?? { nanoUsd: 0, unknownPriceCalls: 0 }
  }
}

function conditionOf(scope: BudgetScope): [condition: string, ...values: SqlValue[]] {
  switch (scope.kind) {
    case 'all':
      return ['true']
    case 'provider':
      return ['g.provider_id = ?', scope.providerId]
    case 'model':
      return ["g.provider_id || '/' || g.provider_model = ?", scope.model]
    case 'app-key':
      return ["g.caller_kind = 'app-key' AND g.caller_id = ?", scope.keyId]
    case 'project':
      return ['g.project = ?', scope.project]
    case 'feature':
      return ['g.feature = ?', scope.feature]
  }
}
