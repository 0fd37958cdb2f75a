import type { Strategy } from '../contract/aliases.ts'
import type { Cost, Usage } from '../contract/usage.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { KnownModel } from './known-model.ts'
import type { RouteRequest } from './route-plan.ts'
import { isCapable } from './suitability.ts'

/** A target that can take the request. */
export interface Eligible {
  address: string
  provider: ModelProvider
  model: string
  known: KnownModel
  weight: number
}

/** What a strategy goes by, beside the request. */
export interface StrategyState {
  inFlight(address: string): number
  /** Null while nobody knows. */
  latencyMs(address: string): number | null
  price: PriceOf
  /** How often the alias was used before; moves round-robin on. */
  turn: number
  /** From 0 to below 1; null to show shares rather than draw. */
  random: (() => number) | null
}

export type PriceOf = (pricing: ModelProvider['pricing'], model: string, usage: Usage) => Cost

export interface Ordered {
  eligible: Eligible
  why: string
}

type Order = (targets: readonly Eligible[], request: RouteRequest, state: StrategyState) => Ordered[]

const inTurn = (why: (index: number) => string): Order => {
  return (targets) => targets.map((eligible, index) => ({ eligible, why: why(index) }))
}

/** What an alias of each strategy does, after its name. */
export const howItAsks: Record<Strategy, string> = {
  priority: 'asks in the order of its list',
  weighted: 'asks each by its weight',
  'round-robin': 'asks each in turn',
  'least-busy': 'asks the least busy first',
  'lowest-latency': 'asks the fastest first',
  'lowest-cost': 'asks the cheapest first',
  capability: 'asks the first that can do what the request needs',
  rules: 'asks the first whose rule fits'
}

/** The targets in the order they are asked. The order of the alias decides between equals. */
export const strategies: Record<Strategy, Order> = {
  priority: inTurn((index) => (index === 0 ? 'first of the list' : 'next of the list')),
  // which rules fit was decided before
  rules: inTurn((index) => (index === 0 ? 'its rule fits' : 'its rule fits too')),
  weighted,
  'round-robin': (targets, _, { turn }) => {
    const start = targets.length === 0 ? 0 : turn % targets.length
    return [...targets.slice(start), ...targets.slice(0, start)].map((eligible, index) => ({
      eligible,
      why: index === 0 ? 'its turn' : 'next in turn'
    }))
  },
  'least-busy': (targets, _, { inFlight }) =>
    ascending(targets, ({ address }) => inFlight(address)).map(({ eligible, by }) => ({
      eligible,
      why: `${by} calls running`
    })),
  // who was never measured is asked first: otherwise it never would be
  'lowest-latency': (targets, _, { latencyMs }) =>
    ascending(targets, ({ address }) => latencyMs(address) ?? -1).map(({ eligible, by }) => ({
      eligible,
      why: by < 0 ? 'not measured lately' : `first token after ${Math.round(by)} ms`
    })),
  'lowest-cost': (targets, request, { price }) =>
    ascending(targets, (target) => nanoUsdOf(target, request, price)).map(({ eligible, by }) => ({
      eligible,
      why: by === Number.POSITIVE_INFINITY ? 'price unknown' : by === 0 ? 'free' : `about ${dollars(by)}`
    })),
  capability: (targets, request) =>
    ascending(targets, ({ known }) => (isCapable(request, known) ? 0 : 1)).map(({ eligible, by }) => ({
      eligible,
      why: by === 0 ? 'can do all that is needed' : 'may be able to: not known'
    }))
}

/** Draws one after the other without putting back, by their weights. */
function weighted(targets: readonly Eligible[], _: RouteRequest, { random }: StrategyState): Ordered[] {
  const total = targets.reduce((sum, { weight }) => sum + weight, 0)
  const ordered = (eligible: Eligible): Ordered => ({
    eligible,
    why: `${Math.round((eligible.weight / total) * 100)} % of calls`
  })
  if (!random) return targets.toSorted((a, b) => b.weight - a.weight).map(ordered)
  const left = [...targets]
  return targets.map(() => {
    let drawn = random() * left.reduce((sum, { weight }) => sum + weight, 0)
    const at = left.findIndex(({ weight }) => {
      drawn -= weight
      return drawn < 0
    })
    const [eligible] = left.splice(Math.max(at, 0), 1)
    if (!eligible) throw new Error('as many are drawn as there are')
    return ordered(eligible)
  })
}

function ascending(targets: readonly Eligible[], by: (target: Eligible) => number) {
  return targets
    .map((eligible) => ({ eligible, by: by(eligible) }))
    .sort((a, b) => (a.by === b.by ? 0 : a.by - b.by))
}

const USUAL_ANSWER_TOKENS = 500

/** What the request may cost; infinite where nobody knows. */
function nanoUsdOf({ provider, model }: Eligible, request: RouteRequest, price: PriceOf): number {
  const { tokens, maxOutputTokens } = request.traits()
  const answer = Math.min(maxOutputTokens ?? USUAL_ANSWER_TOKENS, USUAL_ANSWER_TOKENS)
  return nanoUsd(price(provider.pricing, model, usageOf(tokens, answer)))
}

export const usageOf = (inputTokens: number, outputTokens: number): Usage => ({
  input: { total: inputTokens, noCache: inputTokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: outputTokens, text: outputTokens, reasoning: 0 }
})

export function nanoUsd(cost: Cost): number {
  if (cost.kind === 'free') return 0
  return cost.kind === 'priced' ? cost.nanoUsd : Number.POSITIVE_INFINITY
}

const dollars = (nanoUsdCost: number): string => `$${(nanoUsdCost / 1e9).toPrecision(2)}`
