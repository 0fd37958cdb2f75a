import {
  type Alias,
  type AliasTarget,
  AUTO,
  type RouteRule,
  type SaveAlias,
  type Strategy
} from '../contract/aliases.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { Aliases } from './aliases.ts'
import { describeDifficulty, difficultyOf, HARD_FROM } from './difficulty.ts'
import { type KnownModel, knownModel, listedModel } from './known-model.ts'
import type { ModelCatalog } from './model-catalog.ts'
import type { Providers } from './providers.ts'
import { proposeTargets } from './rank-models.ts'
import { resolveModel } from './resolve-model.ts'
import { ASKED_BY_NAME, type Candidate, type RoutePlan, type RouteRequest, type Seat } from './route-plan.ts'
import { type Eligible, howItAsks, type PriceOf, strategies } from './strategies.ts'
import { misfit, type Unsuitable, unsuitable } from './suitability.ts'
import type { Health } from './target-health.ts'

export interface RouterOptions {
  providers: Pick<Providers, 'callable' | 'seatsOf' | 'lacksKey' | 'isLocalServer'>
  aliases: Pick<Aliases, 'get'>
  health: Pick<Health, 'restsUntil' | 'inFlight' | 'latencyMs'>
  price: PriceOf
  /** What models can do of which their provider says nothing. */
  catalog: ModelCatalog
  /** From 0 to below 1. */
  random?: () => number
}

/** Decides who answers a request. Functions of it need no `this`. */
export interface Router {
  /**
   * Who to ask, in which order. Throws `not-found` for a model that nobody has, `not-allowed` when the request must not leave
   * this machine and nobody here can answer, `bad-request` or `context-overflow` when nobody can take it.
   */
  plan(request: RouteRequest): RoutePlan
  /** The same, without moving any turn on; with a draft, as if the model asked for were an alias saved like that. */
  preview(request: RouteRequest, draft?: SaveAlias): RoutePlan
}

type LeftOut = { model: string } & Unsuitable
/** Models that `auto` falls back to beside the first, where no alias says which. */
const AUTO_CANDIDATES = 3

export function createRouter(options: RouterOptions): Router {
  const { providers, aliases, health, price, catalog, random = Math.random } = options
  /** How often each alias, and each provider with several keys, was used. */
  const turns = new Map<string, number>()
  const takeTurn = (of: string, isPreview: boolean): number => {
    const turn = turns.get(of) ?? 0
    if (!isPreview) turns.set(of, turn + 1)
    return turn
  }

  const seatsOf = (address: string, provider: ModelProvider, isPreview: boolean): Seat[] => {
    const seats = providers.seatsOf(provider).map((keyed, key): Seat => ({ provider: keyed, key }))
    if (seats.length < 2) return seats
    const start = takeTurn(`${provider.id}/`, isPreview) % seats.length
    const inTurn = [...seats.slice(start), ...seats.slice(0, start)]
    return restedFirst(inTurn, (seat) => health.restsUntil(address, seat))
  }

  const candidate = (
    { address, provider, model }: Pick<Eligible, 'address' | 'provider' | 'model'>,
    why: string,
    isPreview: boolean
  ): Candidate => ({ address, provider, model, seats: seatsOf(address, provider, isPreview), why })

  /** Those that rest come last, who rests least first: better to try than to fail. */
  const byHealth = (candidates: Candidate[]): Candidate[] => {
    const restOf = ({ address, seats }: Candidate): number => {
      const [seat] = seats
      return seat ? health.restsUntil(address, seat) : 0
    }
    if (candidates.every((one) => restOf(one) === 0)) return candidates
    return restedFirst(candidates, restOf).map((one) =>
      restOf(one) === 0 ? one : { ...one, why: `${one.why}; resting after failures` }
    )
  }

  const direct = (request: RouteRequest, isPreview: boolean): RoutePlan => {
    const { provider, model } = resolveModel(request.model, providers.callable)
    const address = `${provider.id}/${model}`
    if (request.onDeviceOnly && !provider.onDevice) {
      const why = providers.isLocalServer(provider) ? "is not Homeport's own engine" : 'runs elsewhere'
      throw mustStayHere(`${address} ${why}`)
    }
    return planOf(ASKED_BY_NAME, [candidate({ address, provider, model }, 'asked for', isPreview)])
  }

  const eligibleOf = (alias: Alias, request: RouteRequest, leftOut: LeftOut[]): Eligible[] =>
    alias.targets.flatMap(({ model: address, weight, when }) => {
      const slash = address.indexOf('/')
      const provider = providers.callable.get(address.slice(0, slash))
      const model = address.slice(slash + 1)
      const known = provider && knownModel(catalog, provider, listedModel(provider, model))
      const problem = known ? problemOf(request, provider, known, alias.strategy, when) : gone
      if (known && !problem) return [{ address, provider, model, known, weight }]
      if (problem) leftOut.push({ model: address, ...problem })
      return []
    })

  const byAlias = (alias: Alias, request: RouteRequest, isPreview: boolean): RoutePlan => {
    const leftOut: LeftOut[] = []
    const eligible = eligibleOf(alias, request, leftOut)
    if (eligible.length === 0) throw nobody(request, leftOut)
    const ordered = strategies[alias.strategy](eligible, request, {
      inFlight: health.inFlight,
      latencyMs: health.latencyMs,
      price,
      turn: takeTurn(alias.name, isPreview),
      random: isPreview ? null : random
    })
    const order = ordered.map(({ eligible: target, why }) => candidate(target, why, isPreview))
    return {
      ...planOf(`${alias.name} ${howItAsks[alias.strategy]}`, byHealth(order)),
      leftOut,
      fallbackOnRefusal: alias.fallbackOnRefusal,
      firstTokenTimeoutMs: alias.firstTokenTimeoutMs,
      idleTimeoutMs: alias.idleTimeoutMs,
      ...(alias.knowledge && { knowledge: alias.knowledge })
    }
  }

  const runsHere = ({ model }: AliasTarget): boolean =>
    providers.callable.get(model.slice(0, model.indexOf('/')))?.onDevice === true

  /** The alias for the difficulty if there is one that may answer, else what a person's models propose. */
  const auto = (request: RouteRequest, isPreview: boolean): RoutePlan => {
    const difficulty = difficultyOf(request.traits())
    const name = difficulty.score >= HARD_FROM ? 'best' : 'fast'
    const alias = aliases.get(name)
    const sorted = `${describeDifficulty(difficulty)} → ${name}`
    const isBarred = alias !== null && request.onDeviceOnly && !alias.targets.some(runsHere)
    if (alias && !isBarred) return { ...byAlias(alias, request, isPreview), why: sorted, difficulty }
    const why = isBarred ? `${sorted}, which names no model of this machine` : sorted
    const leftOut: LeftOut[] = []
    const fitting = proposeTargets(name, providers.callable.values(), price).filter(
      ({ address, provider, listed }) => {
        const known = knownModel(catalog, provider, listed)
        const problem =
          unsuitable(request, provider, known) ?? (providers.lacksKey(provider) ? keyless : null)
        if (problem) leftOut.push({ model: address, ...problem })
        return problem === null
      }
    )
    if (fitting.length === 0) throw nobody(request, leftOut)
    const order = fitting
      .slice(0, AUTO_CANDIDATES)
      .map((model) => candidate(model, describeCost(model.provider, model.cost), isPreview))
    return { ...planOf(why, byHealth(order)), leftOut, difficulty }
  }

  const route = (request: RouteRequest, isPreview: boolean): RoutePlan => {
    if (request.model === AUTO) return auto(request, isPreview)
    const alias = aliases.get(request.model)
    return alias ? byAlias(alias, request, isPreview) : direct(request, isPreview)
  }
  return {
    plan: (request) => route(request, false),
    preview: (request, draft) =>
      draft ? byAlias({ ...draft, name: request.model }, request, true) : route(request, true)
  }
}

const gone: Unsuitable = { reason: 'gone', why: 'its provider was removed' }
const keyless: Unsuitable = { reason: 'key', why: 'its provider has no key' }

function problemOf(
  request: RouteRequest,
  provider: ModelProvider,
  known: KnownModel,
  strategy: Strategy,
  rule: RouteRule | undefined
): Unsuitable | null {
  const problem = unsuitable(request, provider, known)
  if (problem || strategy !== 'rules' || !rule) return problem
  const why = misfit(rule, request)
  return why === null ? null : { reason: 'rule', why }
}

const planOf = (why: string, order: readonly Candidate[]): RoutePlan => ({
  why,
  order,
  leftOut: [],
  difficulty: null,
  fallbackOnRefusal: false,
  firstTokenTimeoutMs: null,
  idleTimeoutMs: null
})

/** Keeps the order of those that rest equally long. */
function restedFirst<T>(all: readonly T[], restOf: (one: T) => number): T[] {
  return all
    .map((one) => ({ one, rest: restOf(one) }))
    .sort((a, b) => a.rest - b.rest)
    .map(({ one }) => one)
}

const describeCost = (provider: ModelProvider, cost: number): string => {
  if (provider.onDevice) return 'on this machine'
  if (cost === 0) return 'an ordinary call is free'
  return Number.isFinite(cost) ? `an ordinary call costs $${(cost / 1e9).toPrecision(2)}` : 'price unknown'
}

const mustStayHere = (why: string): HomeportError =>
  new HomeportError('not-allowed', `This request must not leave this machine, and ${why}.`, {
    action: 'Ask for a model that runs here: GET /v1/models lists them as on-device/….',
    param: 'model'
  })

/** Why nobody is left, with what each lacks. */
function nobody(request: RouteRequest, leftOut: readonly LeftOut[]): HomeportError {
  if (request.onDeviceOnly && leftOut.every(({ reason }) => reason === 'elsewhere')) {
    return mustStayHere(`${request.model} names no model of Homeport's own engine`)
  }
  const reasons = leftOut.slice(0, 5).map(({ model, why }) => `${model}: ${why}`)
  const isTooLong = leftOut.length > 0 && leftOut.every(({ reason }) => reason === 'size')
  return new HomeportError(
    isTooLong ? 'context-overflow' : 'bad-request',
    leftOut.length === 0
      ? 'There is no model that could answer.'
      : `No model of ${request.model} can take this request. ${reasons.join('; ')}.`,
    { action: 'Change the targets of the alias, or ask for a model by its name.', param: 'model' }
  )
}
