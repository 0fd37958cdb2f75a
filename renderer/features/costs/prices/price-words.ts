import type { PriceRow, Rates } from '../../../../core/contract/prices.ts'
import { formatUsdExact } from '../../../components/format/money.ts'
import { formatCount } from '../../../components/format/tokens.ts'

/** Rates in the order and words of a price list. */
export const rateLabels: readonly { name: keyof Rates; label: string }[] = [
  { name: 'input', label: 'Input' },
  { name: 'cacheRead', label: 'Cache read' },
  { name: 'cacheWrite5m', label: 'Cache write, 5 min' },
  { name: 'cacheWrite1h', label: 'Cache write, 1 h' },
  { name: 'output', label: 'Output' },
  { name: 'reasoning', label: 'Reasoning' },
  { name: 'inputAudio', label: 'Audio in' },
  { name: 'audioCacheRead', label: 'Audio, cache read' },
  { name: 'outputAudio', label: 'Audio out' },
  { name: 'inputImage', label: 'Image in' },
  { name: 'outputImage', label: 'Image out' }
]

const unitLabels: readonly { name: keyof PriceRow['units']; label: string }[] = [
  { name: 'request', label: 'A request' },
  { name: 'requestMediumContext', label: 'A request, more search context' },
  { name: 'requestHighContext', label: 'A request, most search context' },
  { name: 'webSearch', label: 'A web search' },
  { name: 'searchUnit', label: 'A ranking' },
  { name: 'image', label: 'A picture' },
  { name: 'second', label: 'A second of sound' },
  { name: 'millionCharacters', label: 'A million characters' }
]

export interface PriceColumn {
  head: string
  rates: Rates
}

/** Every set of rates a model has: the usual ones, those of long prompts, and of other tiers. */
export function priceColumns({
  rates,
  steps,
  tiers
}: Pick<PriceRow, 'rates' | 'steps' | 'tiers'>): PriceColumn[] {
  const above = (name: string, list: PriceRow['steps']): PriceColumn[] =>
    list.map((step) => ({
      head: [name, `over ${formatCount(step.aboveInputTokens)} tokens`].filter(Boolean).join(', '),
      rates: step.rates
    }))
  return [
    { head: 'Standard', rates },
    ...above('', steps),
    ...Object.entries(tiers).flatMap(([name, tier]) => [
      { head: capital(name), rates: tier.rates },
      ...above(capital(name), tier.steps)
    ])
  ]
}

/** The rates that any of the columns has, with a cell for each column. */
export function rateRows(columns: readonly PriceColumn[]): { label: string; cells: string[] }[] {
  return rateLabels
    .filter(({ name }) => columns.some(({ rates }) => rates[name] !== undefined))
    .map(({ name, label }) => ({
      label,
      cells: columns.map(({ rates }) => (rates[name] === undefined ? '–' : formatUsdExact(rates[name])))
    }))
}

/** What is charged by the piece. */
export function unitRows(units: PriceRow['units']): { label: string; price: string }[] {
  return unitLabels.flatMap(({ name, label }) => {
    const price = units[name]
    return price === undefined ? [] : [{ label, price: formatUsdExact(price) }]
  })
}

/** Since when, and until when: `from 2026-03-01`, `until 2026-06-30`; null where it always applies. */
export function validityWords({ from, until }: Pick<PriceRow, 'from' | 'until'>): string | null {
  const parts = [from && `from ${from}`, until && `until ${until}`].filter(Boolean)
  return parts.length === 0 ? null : parts.join(', ')
}

/** What tells a row apart from all others. */
export function rowKey({ vendor, model, from, source }: PriceRow): string {
  return [vendor, model, from ?? '', source].join(' ')
}

export const isOwn = (row: PriceRow): boolean => row.source === 'you'

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
