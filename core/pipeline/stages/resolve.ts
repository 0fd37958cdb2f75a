import type { ChatRequest } from '../../providers/spec/chat.ts'
import { type RequestTraits, traitsOf, traitsOfSize } from '../../routing/request-traits.ts'
import { hadChoice, type RoutePlan, type RouteRequest } from '../../routing/route-plan.ts'
import type { CallContext, Stage } from '../context.ts'

export interface ResolveOptions {
  /** Who is asked, in which order; throws `not-found` for a model that nobody has. */
  plan(request: RouteRequest): RoutePlan
  /** Tokens of a prompt, as near as can be told without asking anybody. */
  estimateTokens(request: ChatRequest): number
}

/** Where nothing but its size is known of a request. */
const BYTES_PER_TOKEN = 4

/** Finds out who can serve the model that the client named. */
export function resolveStage({ plan, estimateTokens }: ResolveOptions): Stage {
  return (context, next) => {
    const span = context.spans.start('resolve', 'stage')
    try {
      context.plan = plan(routeRequestOf(context, estimateTokens))
    } catch (thrown) {
      span.end({ status: 'error', note: thrown instanceof Error ? thrown.message : null })
      throw thrown
    }
    context.target = context.plan.order[0] ?? null
    span.end({ note: noteOf(context.plan) })
    return next()
  }
}

/** The call as routing sees it. Its traits are read once, when somebody asks for them. */
export function routeRequestOf(
  context: CallContext,
  estimateTokens: ResolveOptions['estimateTokens']
): RouteRequest {
  let traits: RequestTraits | null = null
  return {
    model: context.model,
    traits: () => {
      traits ??= readTraits(context, estimateTokens)
      return traits
    },
    appKeyId: context.caller.kind === 'app-key' ? context.caller.id : null,
    onDeviceOnly: context.onDeviceOnly ?? false
  }
}

function readTraits(
  { perform, request, wire }: CallContext,
  estimateTokens: ResolveOptions['estimateTokens']
) {
  if (!perform) {
    try {
      return traitsOf(request(), estimateTokens)
    } catch {
      // an upstream of the same dialect may understand what Homeport does not
    }
  }
  return traitsOfSize(Math.ceil((wire?.body.length ?? 0) / BYTES_PER_TOKEN))
}

/** The address where there was nothing to choose, else the choice and why. */
function noteOf(plan: RoutePlan): string {
  const { why, order, leftOut } = plan
  const [first] = order
  if (first && !hadChoice(plan)) return first.address
  const asked = order.map((candidate) => `${candidate.address} (${candidate.why})`)
  const others = leftOut.map((target) => `not ${target.model}: ${target.why}`)
  return [`${why}: ${asked.join(', then ')}`, ...others].join('; ')
}
