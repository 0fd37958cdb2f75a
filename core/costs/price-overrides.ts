import type { z } from 'zod'
import type { PriceRow, priceOverrideSchema } from '../contract/prices.ts'
import { pricingVendors, providerOfVendor } from '../contract/pricing-vendors.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Store } from '../store/store.ts'
import { dayOf } from './price-call.ts'
import { PriceOverrideRepository } from './price-override-repository.ts'
import { PriceIndex, type PriceSource } from './price-table.ts'

export type PriceOverride = z.output<typeof priceOverrideSchema>

/** Prices that the person set, where the table is wrong or their contract says something else. */
export interface PriceOverrides extends PriceSource {
  list(): PriceRow[]
  /** Adds one, or replaces that of the same model and first day. Holds from the moment that it resolves. */
  save(override: PriceOverride): Promise<PriceRow>
  /** Throws `not-found`. `from`: its first day; null for one that always held. */
  remove(vendor: string, model: string, from: string | null): Promise<void>
}

const vendors: readonly string[] = pricingVendors

export interface PriceOverridesOptions {
  store: Pick<Store, 'write' | 'homeport'>
  /** Whether the person has a provider of this id. */
  isProvider(id: string): boolean
}

export function openPriceOverrides({ store, isProvider }: PriceOverridesOptions): PriceOverrides {
  const repository = new PriceOverrideRepository(store)
  let indexes: ReadonlyMap<string, PriceIndex> | null = null
  const indexOf = (vendor: string): PriceIndex | undefined => {
    indexes ??= indexed(repository.list())
    return indexes.get(vendor)
  }
  return {
    list: () => repository.list(),
    find: (vendor, model, day) => indexOf(vendor)?.find(model, day) ?? null,
    async save(override) {
      check(override, isProvider)
      const row: PriceRow = { ...override, steps: [], tiers: {}, source: 'you', date: dayOf(Date.now()) }
      await repository.save(row)
      indexes = null
      return row
    },
    async remove(vendor, model, from) {
      const existed = await repository.delete(vendor, model, from)
      indexes = null
      if (!existed) throw new HomeportError('not-found', `You have set no such price for "${model}".`)
    }
  }
}

function check(
  { vendor, model, from, until }: PriceOverride,
  isProvider: PriceOverridesOptions['isProvider']
): void {
  const own = providerOfVendor(vendor)
  if (own === null ? !vendors.includes(vendor) : !isProvider(own)) {
    throw new HomeportError('bad-request', `There are no prices of "${vendor}".`, {
      action: `There are: ${vendors.join(', ')}, and provider/ with the id of one of your own.`,
      param: 'vendor'
    })
  }
  if (model.trim() === '')
    throw new HomeportError('bad-request', 'A price needs a model.', { param: 'model' })
  if (until !== null && until <= (from ?? '')) {
    throw new HomeportError('bad-request', 'A price cannot end before it begins.', { param: 'until' })
  }
}

const indexed = (rows: readonly PriceRow[]): ReadonlyMap<string, PriceIndex> =>
  new Map(
    [...Map.groupBy(rows, ({ vendor }) => vendor)].map(([vendor, own]) => [vendor, new PriceIndex(own)])
  )
