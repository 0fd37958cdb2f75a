import type { z } from 'zod'
import { type PriceRow, priceOverrideSchema, type Rates } from '../../../../core/contract/prices.ts'
import { toNanoUsd, toUsd } from '../../../components/format/money.ts'

type Override = z.infer<typeof priceOverrideSchema>

/** The rates that a form asks for, in dollars per million tokens. Others of the row are kept as they are. */
export const askedRates = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const
type AskedRate = (typeof askedRates)[number]

export interface OverrideDraft {
  vendor: string
  model: string
  usd: Record<AskedRate, number | null>
  /** As `2026-11-21`; empty: always. */
  from: string
  until: string
  /** What the form says nothing of. */
  kept: Pick<Override, 'units'> & { rates: Partial<Rates> }
}

export const newOverride: OverrideDraft = {
  vendor: '',
  model: '',
  usd: { input: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: null },
  from: '',
  until: '',
  kept: { units: {}, rates: {} }
}

/** A price of one's own that begins as the one there is. */
export function overrideOf({ vendor, model, rates, units, from, until, source }: PriceRow): OverrideDraft {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = rates
  return {
    vendor,
    model,
    usd: {
      input: toUsd(input),
      cacheRead: toUsd(cacheRead),
      cacheWrite5m: toUsd(cacheWrite5m),
      cacheWrite1h: toUsd(cacheWrite1h),
      output: toUsd(output)
    },
    // the table's own dates say when it was true there; a new price is one's own from whenever one likes
    from: source === 'you' ? (from ?? '') : '',
    until: source === 'you' ? (until ?? '') : '',
    kept: { units, rates }
  }
}

export type OverrideField = 'vendor' | 'model' | 'input' | 'output' | 'until'

/** The price to save, or what is still wrong, by field. Cache rates that are left empty cost what input does. */
export function readOverride(
  draft: OverrideDraft
): { override: Override } | { problems: Partial<Record<OverrideField, string>> } {
  const { usd, from, until, kept } = draft
  const problems: Partial<Record<OverrideField, string>> = {}
  if (draft.vendor.trim() === '') problems.vendor = 'Whose price it is.'
  if (draft.model.trim() === '') problems.model = 'The model’s id there.'
  if (usd.input === null) problems.input = 'Dollars per million tokens; 0 where it is free.'
  if (usd.output === null) problems.output = 'Dollars per million tokens; 0 where it is free.'
  if (from !== '' && until !== '' && until <= from) problems.until = 'After the first day.'
  if (Object.keys(problems).length > 0) return { problems }
  const nano = (rate: AskedRate): number => toNanoUsd(usd[rate] ?? usd.input ?? 0)
  const read = priceOverrideSchema.safeParse({
    vendor: draft.vendor.trim(),
    model: draft.model.trim(),
    rates: { ...kept.rates, ...Object.fromEntries(askedRates.map((rate) => [rate, nano(rate)])) },
    units: kept.units,
    from: from === '' ? null : from,
    until: until === '' ? null : until
  })
  return read.success ? { override: read.data } : { problems: { input: 'One of these cannot be a price.' } }
}
