import type { BudgetScope } from '../contract/budgets.ts'
import type { SqlValue } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import { keptSumsOf } from './kept-sums.ts'

/** Calls that began later are none. */
const END_OF_TIME = Date.UTC(9999, 11)

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
    const spending: Spending = { nanoUsd: 0, unknownPriceCalls: 0 }
    for (const { table, column, from, until } of keptSumsOf({ from: since, until: END_OF_TIME })) {
      const sums = this.#reader.get<Spending>(
        `SELECT coalesce(sum(s.nano_usd), 0) AS nanoUsd, coalesce(sum(s.unknown_price_calls), 0) AS unknownPriceCalls
         FROM ledger_groups g JOIN ${table} s ON s.group_id = g.id
         WHERE s.${column} >= ? AND s.${column} < ? AND ${condition}`,
        ...[from, until],
        ...values
      )
      spending.nanoUsd += sums?.nanoUsd ?? 0
      spending.unknownPriceCalls += sums?.unknownPriceCalls ?? 0
    }
    return spending
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
