import type { Costs } from '../../costs/costs.ts'
import type { AppHandlers } from '../app-handlers.ts'

type CostRoutes = Extract<keyof AppHandlers, `${string} /app/costs${string}`>

/** `/app/costs` and all below it. */
export function costHandlers(costs: Omit<Costs, 'pages'>): Pick<AppHandlers, CostRoutes> {
  return {
    'GET /app/costs': async ({ query }) => costs.table(query),
    'GET /app/costs/series': async ({ query }) => costs.series(query),
    'GET /app/costs/forecast': async () => costs.forecast(),
    'GET /app/costs/savings': async ({ query }) => costs.savings(query),
    'POST /app/costs/what-if': async ({ body }) => costs.whatIf(body),
    'GET /app/costs/csv': async ({ query }) => ({ csv: await costs.csv(query) })
  }
}
