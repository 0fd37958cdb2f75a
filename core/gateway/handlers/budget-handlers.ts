import type { Budgets } from '../../budgets/budgets.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type BudgetRoutes = Extract<keyof AppHandlers, `${string} /app/budgets${string}`>
type BudgetDirectory = Pick<Budgets, 'list' | 'create' | 'replace' | 'remove'>

/** `/app/budgets`. */
export function budgetHandlers(budgets: BudgetDirectory): Pick<AppHandlers, BudgetRoutes> {
  return {
    'GET /app/budgets': async () => ({ budgets: budgets.list() }),
    'POST /app/budgets': ({ body }) => budgets.create(body),
    'PUT /app/budgets/:id': ({ params, body }) => budgets.replace(pathParam(params, 'id'), body),
    'DELETE /app/budgets/:id': async ({ params }) => {
      await budgets.remove(pathParam(params, 'id'))
      return { ok: true }
    }
  }
}
