import type { z } from 'zod'
import { saveBudgetSchema } from '../contract/budgets.ts'
import type { Reader, Writer } from '../store/store.ts'

/** A budget as the person wrote it. */
export type BudgetDefinition = z.output<typeof saveBudgetSchema>
export interface StoredBudget {
  id: string
  createdAt: number
  definition: BudgetDefinition
}

export type BudgetStore = Writer & { readonly homeport: Reader }

const selectBudgets = 'SELECT id, definition, created_at AS createdAt FROM budgets ORDER BY created_at, id'
const saveBudget = `
  INSERT INTO budgets (id, definition, created_at) VALUES (?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET definition = excluded.definition`
const insertWarning =
  'INSERT INTO budget_warnings (budget_id, period_start, percent) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'

/** The tables `budgets` and `budget_warnings`. */
export class BudgetRepository {
  readonly #store: BudgetStore

  constructor(store: BudgetStore) {
    this.#store = store
  }

  list(): StoredBudget[] {
    return this.#store.homeport
      .all<{ id: string; definition: string; createdAt: number }>(selectBudgets)
      .map(({ definition, ...row }) => ({
        ...row,
        definition: saveBudgetSchema.parse(JSON.parse(definition))
      }))
  }

  /** Adds it, or replaces the one of the same id; with `forgetWarnings`, the person can be told anew. */
  async save({ id, definition, createdAt }: StoredBudget, forgetWarnings: boolean): Promise<void> {
    const forget = { sql: 'DELETE FROM budget_warnings WHERE budget_id = ?', params: [id] }
    await this.#store.write('homeport', [
      { sql: saveBudget, params: [id, JSON.stringify(definition), createdAt] },
      ...(forgetWarnings ? [forget] : [])
    ])
  }

  async delete(id: string): Promise<void> {
    await this.#store.write('homeport', [{ sql: 'DELETE FROM budgets WHERE id = ?', params: [id] }])
  }

  /** The percents the person was told of in the period that began then. */
  warnings(id: string, periodStart: number): number[] {
    return this.#store.homeport
      .all<{ percent: number }>(
        'SELECT percent FROM budget_warnings WHERE budget_id = ? AND period_start = ?',
        id,
        periodStart
      )
      .map(({ percent }) => percent)
  }

  /** Forgets those of earlier periods. */
  async addWarning(id: string, periodStart: number, percent: number): Promise<void> {
    await this.#store.write('homeport', [
      {
        sql: 'DELETE FROM budget_warnings WHERE budget_id = ? AND period_start < ?',
        params: [id, periodStart]
      },
      { sql: insertWarning, params: [id, periodStart, percent] }
    ])
  }
}
