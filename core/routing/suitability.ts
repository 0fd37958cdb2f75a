import type { RouteRule } from '../contract/aliases.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import type { KnownModel } from './known-model.ts'
import type { RouteRequest } from './route-plan.ts'

/** Why a model is not asked. `elsewhere`: the request must stay on this machine. */
export interface Unsuitable {
  reason: 'elsewhere' | 'ability' | 'size' | 'rule' | 'gone' | 'key'
  why: string
}

/** Room for an answer, where the client did not say how long it may be. */
const USUAL_ANSWER_TOKENS = 1000

/**
 * Why a model cannot take a request; null when it can, or nobody knows better. Looks at the request only where something
 * is known of the model.
 */
export function unsuitable(
  request: RouteRequest,
  provider: ModelProvider,
  { contextTokens, abilities }: KnownModel
): Unsuitable | null {
  if (request.onDeviceOnly && !provider.onDevice) {
    return {
      reason: 'elsewhere',
      why: "not of Homeport's own engine, and the request must not leave this machine"
    }
  }
  if (abilities.vision === false && request.traits().hasImages) return unable('cannot see images')
  if (abilities.tools === false && request.traits().tools > 0) return unable('cannot use tools')
  if (abilities.json === false && request.traits().wantsJson) return unable('cannot hold to JSON')
  if (contextTokens === null) return null
  const { tokens, maxOutputTokens } = request.traits()
  const needed = tokens + Math.min(maxOutputTokens ?? USUAL_ANSWER_TOKENS, USUAL_ANSWER_TOKENS)
  if (needed <= contextTokens) return null
  return { reason: 'size', why: `too small: about ${needed} tokens are needed, ${contextTokens} fit` }
}

const unable = (why: string): Unsuitable => ({ reason: 'ability', why })

/** Whether a model is known to do all that a request needs. */
export function isCapable(request: RouteRequest, { abilities }: KnownModel): boolean {
  const { hasImages, tools, wantsJson } = request.traits()
  return (
    (!hasImages || abilities.vision === true) &&
    (tools === 0 || abilities.tools === true) &&
    (!wantsJson || abilities.json === true)
  )
}

/** Why a rule does not fit a request; null when all of it does. */
export function misfit(rule: RouteRule, request: RouteRequest): string | null {
  const { tokens, hasCode, hasImages, tools } = request.traits()
  const { minTokens, maxTokens, appKeys } = rule
  if (minTokens !== undefined && tokens < minTokens) return `for prompts of ${minTokens} tokens and more`
  if (maxTokens !== undefined && tokens > maxTokens) return `for prompts of up to ${maxTokens} tokens`
  if (!agrees(rule.hasCode, hasCode)) return `for prompts ${rule.hasCode ? 'with' : 'without'} code`
  if (!agrees(rule.hasImages, hasImages)) return `for prompts ${rule.hasImages ? 'with' : 'without'} images`
  if (!agrees(rule.hasTools, tools > 0)) return `for requests ${rule.hasTools ? 'with' : 'without'} tools`
  if (!agrees(rule.onDeviceOnly, request.onDeviceOnly)) {
    return `for requests that ${rule.onDeviceOnly ? 'must not' : 'may'} leave this machine`
  }
  if (appKeys && (request.appKeyId === null || !appKeys.includes(request.appKeyId)))
    return 'for other programs'
  return null
}

const agrees = (wanted: boolean | undefined, is: boolean): boolean => wanted === undefined || wanted === is
