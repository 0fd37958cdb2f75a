import type { Budgets } from '../../budgets/budgets.ts'
import type { RoutePlan } from '../../routing/route-plan.ts'
import { type AffordableOptions, type AffordablePlan, affordablePlan } from '../affordable-plan.ts'
import { demandOf } from '../call-estimate.ts'
import type { CallContext, CallResult, Next, Stage } from '../context.ts'
import { cutAtCap } from '../cut-at-cap.ts'
import { RunningUsage } from '../running-usage.ts'
import { type ResolveOptions, routeRequestOf } from './resolve.ts'

export interface BudgetOptions
  extends Omit<AffordableOptions, 'budgets'>,
    Pick<ResolveOptions, 'estimateTokens'> {
  budgets: Pick<Budgets, 'isWatching' | 'barOf' | 'reserve'>
}

/**
 * Sets aside what the call may cost in every budget that watches it, before anybody is asked; settle gives it back as it
 * books the call. Asks others, or nobody, where a budget is used up, and ends a stream that comes to its limit.
 */
export function budgetStage(options: BudgetOptions): Stage {
  const { budgets, estimateTokens, price } = options
  const budgeted = async (context: CallContext, plan: RoutePlan, next: Next): Promise<CallResult> => {
    const span = context.spans.start('budget', 'stage')
    const request = routeRequestOf(context, estimateTokens)
    let affordable: AffordablePlan
    try {
      affordable = affordablePlan(context, plan, request, options)
    } catch (thrown) {
      // nobody is asked, and nothing is paid
      context.target = null
      span.end({ status: 'error', note: thrown instanceof Error ? thrown.message : null })
      throw thrown
    }
    // nothing waits between the look at the budgets and this
    const hold = budgets.reserve(context.traceId, affordable.calls)
    context.plan = affordable.plan
    context.target = affordable.plan.order[0] ?? null
    if (affordable.said !== null) context.warnings.push(affordable.said)
    span.end({ note: affordable.said })

    const result = await next()
    const { target } = context
    if (!target || !isStream(context) || !hold.isBinding) return result
    const call = affordable.calls.find(
      ({ providerId, providerModel }) => providerId === target.provider.id && providerModel === target.model
    )
    if (!call) return result
    const { input, answers } = demandOf(context, request.traits())
    return cutAtCap(result, { context, target, call, hold, price, running: new RunningUsage(input, answers) })
  }
  return (context, next) => {
    const { plan } = context
    return plan && budgets.isWatching() ? budgeted(context, plan, next) : next()
  }
}

/** What can be ended in the middle; a kept answer costs nothing. */
const isStream = ({ stream, perform, cached }: CallContext): boolean => stream && !perform && cached !== 'hit'
