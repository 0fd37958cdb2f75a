import type { PriceRow, Rates } from '../contract/prices.ts'
import type { Usage } from '../contract/usage.ts'

/**
 * What usage costs by a price row, in nano-USD: quantity × rate for each kind of token and each thing charged by the
 * piece, each product rounded once to the nearest integer, half away from zero. Null when nothing was counted that the
 * row charges for.
 */
export function nanoUsdOf(usage: Usage, row: PriceRow): number | null {
  const rates = ratesFor(usage, row)
  const pieces = unitCost(usage.units ?? {}, row)
  const hasTokens = usage.input.total + usage.output.total > 0
  if (pieces === null && (!hasTokens || chargesByPiece(rates, row))) return null
  return inputCost(usage.input, rates) + outputCost(usage.output, rates) + (pieces ?? 0)
}

/** The rates of the tier it was served in; above a step's number of input tokens, those of the largest such step. */
function ratesFor({ input, tier }: Usage, row: PriceRow): Rates {
  const { rates, steps } = (tier && row.tiers[tier]) ?? row
  const passed = steps.filter(({ aboveInputTokens }) => input.total > aboveInputTokens)
  return passed.reduce((top, step) => (step.aboveInputTokens > top.aboveInputTokens ? step : top), {
    aboveInputTokens: -1,
    rates
  }).rates
}

/** Sound and pictures are inside the counts of fresh and cached input: they leave those where they have rates of their own. */
function inputCost(input: Usage['input'], rates: Rates): number {
  const heardAgain = Math.min(input.audioCacheRead ?? 0, input.cacheRead)
  const heard = Math.min((input.audio ?? 0) - heardAgain, input.noCache)
  const audio = rates.inputAudio === undefined ? 0 : Math.max(heard, 0)
  const cachedAudio = rates.audioCacheRead === undefined ? 0 : heardAgain
  const image = rates.inputImage === undefined ? 0 : Math.min(input.image ?? 0, input.noCache - audio)
  return (
    perMillion(input.noCache - audio - image, rates.input) +
    perMillion(input.cacheRead - cachedAudio, rates.cacheRead) +
    perMillion(input.cacheWrite5m, rates.cacheWrite5m) +
    perMillion(input.cacheWrite1h, rates.cacheWrite1h) +
    perMillion(audio, rates.inputAudio ?? 0) +
    perMillion(cachedAudio, rates.audioCacheRead ?? 0) +
    perMillion(image, rates.inputImage ?? 0)
  )
}

/** Reasoning, sound and pictures are inside the total; without a rate of their own they stay there. */
function outputCost(output: Usage['output'], rates: Rates): number {
  let rest = output.total
  const take = (tokens: number, rate: number | undefined): number => {
    if (rate === undefined) return 0
    const taken = Math.min(tokens, rest)
    rest -= taken
    return perMillion(taken, rate)
  }
  const apart =
    take(output.reasoning, rates.reasoning) +
    take(output.audio ?? 0, rates.outputAudio) +
    take(output.image ?? 0, rates.outputImage)
  return apart + perMillion(rest, rates.output)
}

/** Null when the row charges by the piece and no such piece was counted. */
function unitCost(counted: NonNullable<Usage['units']>, { units }: PriceRow): number | null {
  const costs: (number | null)[] = [
    requestPrice(counted, units),
    each(counted.webSearches, units.webSearch),
    each(counted.searchUnits, units.searchUnit),
    each(counted.images, units.image),
    // counted in thousandths: of a fraction, a number holds no more exactly
    part(scaled(counted.seconds), units.second, 1000n),
    part(counted.characters, units.millionCharacters, 1_000_000n)
  ]
  const known = costs.filter((cost) => cost !== null)
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0)
}

function requestPrice(
  { searchContext }: NonNullable<Usage['units']>,
  units: PriceRow['units']
): number | null {
  const ofContext = { low: undefined, medium: units.requestMediumContext, high: units.requestHighContext }
  return ofContext[searchContext ?? 'low'] ?? units.request ?? null
}

const scaled = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 1000)

const each = (count: number | undefined, rate: number | undefined): number | null => part(count, rate, 1n)

const part = (count: number | undefined, rate: number | undefined, of: bigint): number | null =>
  count === undefined || rate === undefined ? null : product(count, rate, of)

const perMillion = (tokens: number, rate: number): number => product(tokens, rate, 1_000_000n)

/** BigInt, since a million tokens at a high rate is beyond the integers that a number holds exactly. */
const product = (count: number, rate: number, of: bigint): number =>
  Number((BigInt(count) * BigInt(rate) + of / 2n) / of)

/** Tokens cost nothing, pieces do. */
const chargesByPiece = (rates: Rates, { units }: PriceRow): boolean =>
  Object.keys(units).length > 0 && Object.values(rates).every((rate) => rate === 0)
