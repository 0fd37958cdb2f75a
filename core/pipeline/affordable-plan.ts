import type { Bar, Budgets, PossibleCall } from '../budgets/budgets.ts'
import { AUTO } from '../contract/aliases.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { Candidate, RoutePlan, RouteRequest } from '../routing/route-plan.ts'
import { budgetRefusal } from './budget-refusal.ts'
import { demandOf, type EstimateOptions, estimateOf } from './call-estimate.ts'
import type { CallContext } from './context.ts'

export interface AffordableOptions extends EstimateOptions {
  budgets: Pick<Budgets, 'barOf'>
  /** Who is asked, in which order; throws where nobody can be. */
  plan(request: RouteRequest): RoutePlan
}

/** Who of a plan may be asked. */
export interface AffordablePlan {
  plan: RoutePlan
  /** What each of its models may cost. */
  calls: PossibleCall[]
  /** What was done about a budget, in words; null where nothing had to be. */
  said: string | null
}

interface Sifted extends AffordablePlan {
  barred: { candidate: Candidate; bar: Bar }[]
}

/**
 * The plan without models that a budget does not allow. Where that is the one to be asked first, what its budget says is
 * done, the first of it that can be: another model, a model of this machine, or no answer. Before a call is refused, the
 * plan's other models are asked. What is no chat is never given to a model that nobody named. Throws `budget-exceeded`, or
 * `rate-limited` where calls that run may leave enough.
 */
export function affordablePlan(
  context: CallContext,
  plan: RoutePlan,
  request: RouteRequest,
  options: AffordableOptions
): AffordablePlan {
  const demand = demandOf(context, request.traits())
  const { caller, labels } = context
  const possible = ({ provider, model }: Candidate): PossibleCall => ({
    providerId: provider.id,
    providerModel: model,
    caller,
    labels: labels ?? { project: null, feature: null },
    estimate: estimateOf(demand, { provider, model }, options)
  })

  const sift = (of: RoutePlan): Sifted => {
    const order: Candidate[] = []
    const calls: PossibleCall[] = []
    const barred: Sifted['barred'] = []
    for (const candidate of of.order) {
      const call = possible(candidate)
      const bar = options.budgets.barOf(call)
      if (bar) barred.push({ candidate, bar })
      else {
        order.push(candidate)
        calls.push(call)
      }
    }
    if (barred.length === 0) return { plan: of, calls, said: null, barred }
    const leftOut = barred.map(({ candidate, bar }) => ({ model: candidate.address, why: whyBarred(bar) }))
    return { plan: { ...of, order, leftOut: [...of.leftOut, ...leftOut] }, calls, said: null, barred }
  }

  const sifted = sift(plan)
  const [first] = sifted.barred
  if (!first || sifted.plan.order[0] === plan.order[0]) return sifted

  const { candidate, bar } = first
  const instead = (found: AffordablePlan): AffordablePlan => ({
    ...found,
    said: `${whyBarred(bar)}: asked ${found.plan.order[0]?.address} in place of ${candidate.address}`
  })
  for (const action of context.perform ? [] : bar.budget.actions) {
    if (action.kind === 'refuse') break
    const wanted =
      action.kind === 'use-model'
        ? { ...request, model: action.model }
        : { ...request, model: AUTO, onDeviceOnly: true }
    const other = planned(wanted, options)
    const affordable = other && sift(other)
    if (affordable && affordable.plan.order.length > 0) return instead(affordable)
  }
  if (sifted.plan.order.length > 0) return instead(sifted)
  throw budgetRefusal(bar, candidate.address)
}

/** Null where nobody can be asked. */
function planned(request: RouteRequest, { plan }: AffordableOptions): RoutePlan | null {
  try {
    return plan(request)
  } catch (error) {
    if (error instanceof HomeportError) return null
    throw error
  }
}

const whyBarred = ({ budget, why }: Bar): string =>
  why === 'unknown-price'
    ? `budget "${budget.name}" takes no unknown prices`
    : `budget "${budget.name}" ${why === 'spent' ? 'is used up' : 'is set aside for other calls'}`
