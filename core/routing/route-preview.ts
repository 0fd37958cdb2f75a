import type { RoutePreview, RoutePreviewRequest } from '../contract/aliases.ts'
import type { ChatRequest } from '../providers/spec/chat.ts'
import type { ContentPart } from '../providers/spec/prompt.ts'
import { traitsOf } from './request-traits.ts'
import type { RoutePlan } from './route-plan.ts'
import type { Router } from './router.ts'

/** Who would answer a request, and why. Asks nobody, and moves no turn on. Throws as `Router.plan` does. */
export function previewRoute(
  router: Pick<Router, 'preview'>,
  request: RoutePreviewRequest,
  estimateTokens: (request: ChatRequest) => number
): RoutePreview {
  const plan = router.preview(
    {
      model: request.model,
      traits: () => traitsOf(chatRequestOf(request), estimateTokens),
      appKeyId: request.appKeyId ?? null,
      onDeviceOnly: request.onDeviceOnly
    },
    request.draft
  )
  return explainPlan(plan)
}

/** The plan as people read it. */
export function explainPlan({ why, order, leftOut, difficulty }: RoutePlan): RoutePreview {
  return {
    why,
    order: order.map((candidate) => ({ model: candidate.address, why: candidate.why })),
    leftOut: leftOut.map((target) => ({ model: target.model, why: target.why })),
    difficulty
  }
}

/** A request with what was described. */
function chatRequestOf({ prompt, hasImages, hasTools, wantsJson }: RoutePreviewRequest): ChatRequest {
  const content: ContentPart[] = [{ type: 'text', text: prompt }]
  if (hasImages) content.push({ type: 'image', source: { kind: 'file', id: 'described' } })
  return {
    messages: [{ role: 'user', content }],
    ...(hasTools && { tools: [{ name: 'described', parameters: null }] }),
    output: wantsJson ? 'json' : 'text',
    unmapped: []
  }
}
