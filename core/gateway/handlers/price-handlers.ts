import { localPeriod } from '../../costs/cost-period.ts'
import type { PricePage, PriceQuery } from '../../costs/price-browser.ts'
import type { PriceOverrides } from '../../costs/price-overrides.ts'
import type { Period, Recomputation } from '../../costs/price-recompute.ts'
import type { AppHandlers } from '../app-handlers.ts'

type PriceRoutes = Extract<keyof AppHandlers, `${string} /app/prices${string}`>

/** What models cost, as the control API needs it. */
export interface PriceParts {
  browse(query: PriceQuery): PricePage
  overrides: Pick<PriceOverrides, 'list' | 'save' | 'remove'>
  recompute(period: Period): Promise<Recomputation>
  /** What shows what models cost, or who answers by it, may have changed. */
  onChange(): void
}

/** `/app/prices`. */
export function priceHandlers({
  browse,
  overrides,
  recompute,
  onChange
}: PriceParts): Pick<AppHandlers, PriceRoutes> {
  return {
    'GET /app/prices': async ({ query }) => browse(query),
    'GET /app/prices/overrides': async () => ({ rows: overrides.list() }),
    'PUT /app/prices/overrides': async ({ body }) => {
      const row = await overrides.save(body)
      onChange()
      return row
    },
    'DELETE /app/prices/overrides': async ({ query }) => {
      await overrides.remove(query.vendor, query.model, query.from ?? null)
      onChange()
      return { ok: true }
    },
    'POST /app/prices/recompute': async ({ body }) => {
      const { from, until } = localPeriod(body, Date.now())
      return recompute({ from, until, apply: body.apply })
    }
  }
}
