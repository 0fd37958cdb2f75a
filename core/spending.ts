import type { Access } from './access/access.ts'
import { type Alerts, openAlerts } from './alerts/alerts.ts'
import { createWebhook } from './alerts/webhook.ts'
import { type Budgets, openBudgets } from './budgets/budgets.ts'
import type { Notice } from './contract/alerts.ts'
import type { OnDevicePower } from './contract/costs.ts'
import type { AppEvent } from './contract/events.ts'
import { openCosts } from './costs/costs.ts'
import { type Ledger, openLedger } from './costs/ledger.ts'
import type { Correction } from './costs/ledger-repository.ts'
import { browsePrices } from './costs/price-browser.ts'
import type { Prices } from './costs/price-call.ts'
import type { PriceOverrides } from './costs/price-overrides.ts'
import { recompute } from './costs/price-recompute.ts'
import { SpendingRepository } from './costs/spending-repository.ts'
import { openLedgerNumbers } from './costs/watched-calls.ts'
import type { AppHandlers } from './gateway/app-handlers.ts'
import { alertHandlers } from './gateway/handlers/alert-handlers.ts'
import { budgetHandlers } from './gateway/handlers/budget-handlers.ts'
import { costHandlers } from './gateway/handlers/cost-handlers.ts'
import { priceHandlers } from './gateway/handlers/price-handlers.ts'
import type { Logger } from './lib/logger.ts'
import { throttle } from './lib/throttle.ts'
import type { ModelProvider, ProviderModel } from './providers/spec/provider.ts'
import type { Aliases } from './routing/aliases.ts'
import type { Health } from './routing/target-health.ts'
import type { Store } from './store/store.ts'

export interface SpendingOptions {
  store: Store
  prices: Prices
  overrides: PriceOverrides
  providers: { readonly callable: ReadonlyMap<string, ModelProvider> }
  onDevice: Pick<ModelProvider, 'listModels'>
  onDevicePower(): OnDevicePower | null
  aliases: Pick<Aliases, 'list'>
  health: Pick<Health, 'list'>
  access: Pick<Access, 'listKeys'>
  publish(event: AppEvent): void
  /** The person has to be told, also where no window is open. */
  onNotice(notice: Notice): void
  /** Calls cost something else since they were priced anew. */
  onCorrection(corrections: readonly Correction[]): Promise<void>
  /** What models cost has changed. */
  onPrices(): void
  logger: Logger
}

type Routes = Extract<
  keyof AppHandlers,
  `${string} /app/${'costs' | 'prices' | 'budgets' | 'alerts' | 'notices'}${string}`
>

export interface Spending {
  ledger: Ledger
  budgets: Budgets
  alerts: Alerts
  handlers: Pick<AppHandlers, Routes>
}

/** Figures that change with every call are told of so often at most. */
const EVENT_INTERVAL_MS = 500

/** All that knows what calls cost, and what may be spent: a part of the daemon. */
export function openSpending(options: SpendingOptions): Spending {
  const { store, prices, overrides, providers, publish, logger } = options
  const ledger = openLedger({ store })
  const nameOf = (providerId: string) => providers.callable.get(providerId)?.name ?? null
  const pricingOf = (providerId: string) => providers.callable.get(providerId)?.pricing ?? null
  const keyOf = (id: string) => options.access.listKeys().find((key) => key.id === id) ?? null
  const costs = openCosts({
    store,
    names: { provider: nameOf, appKey: (id) => keyOf(id)?.name ?? null },
    price: ({ providerId, model }, usage, at) =>
      prices.price(pricingOf(providerId) ?? 'unknown', model, usage, at),
    onDevicePower: options.onDevicePower,
    onDeviceContext: () => longestContext(options.onDevice.listModels())
  })
  const spent = new SpendingRepository(store.homeport)
  const budgetsChanged = throttle(() => publish({ type: 'budgets-changed' }), EVENT_INTERVAL_MS)
  const budgets = openBudgets({
    store,
    spentSince: (scope, since) => spent.spentSince(scope, since),
    onThreshold: (reached) => alerts.budgetReached(reached),
    onChange: () => budgetsChanged.call(),
    logger
  })
  const alerts = openAlerts({
    store,
    sources: {
      calls: openLedgerNumbers({ store }),
      budgets: () => budgets.list(),
      models: () => options.health.list(),
      isAlias: (name) => options.aliases.list().some((alias) => alias.name === name),
      keyName(id) {
        const key = keyOf(id)
        return key?.revokedAt === null ? key.name : null
      }
    },
    post: createWebhook(),
    onChange: () => publish({ type: 'alerts-changed' }),
    onNotice(notice) {
      publish({ type: 'notice-given', notice })
      options.onNotice(notice)
    },
    logger
  })
  return {
    ledger,
    budgets,
    alerts,
    handlers: {
      ...alertHandlers(alerts),
      ...budgetHandlers(budgets),
      ...costHandlers(costs),
      ...priceHandlers({
        browse: (query) => browsePrices(query, prices.table(), overrides),
        overrides,
        async recompute(period) {
          const correct: Ledger['correct'] = async (corrections, at) => {
            await ledger.correct(corrections, at)
            await options.onCorrection(corrections)
          }
          const calls = { pages: costs.pages, correct }
          const result = await recompute({ calls, price: prices.price, pricingOf }, period)
          if (period.apply) budgets.reload()
          return result
        },
        onChange: options.onPrices
      })
    }
  }
}

/** Tokens; null without a model, and where none says. */
function longestContext(models: readonly ProviderModel[]): number | null {
  const contexts = models.flatMap(({ contextTokens }) => contextTokens ?? [])
  return contexts.length > 0 ? Math.max(...contexts) : null
}
