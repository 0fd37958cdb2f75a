import type { Estimate } from '../budgets/budgets.ts'
import type { Usage } from '../contract/usage.ts'
import type { ChatRequest } from '../providers/spec/chat.ts'
import type { RequestTraits } from '../routing/request-traits.ts'
import type { CallContext, ModelTarget } from './context.ts'
import type { PriceCall } from './stages/settle.ts'

export interface EstimateOptions {
  price: PriceCall
  /** Tokens of the longest answer a model gives; null where nobody knows. */
  maxOutputTokens(target: ModelTarget): number | null
}

/** Tokens of prompts are estimated within a quarter; money is set aside for the worst of it. */
const PROMPT_MARGIN = 1.25
/** What must be affordable of an answer that may become longer. */
const USUAL_ANSWER_TOKENS = 1000
/** Of an answer whose limit nobody knows. */
const LONG_ANSWER_TOKENS = 8192
/** What the dearest of usual pictures comes to (1024 × 1024, high quality). */
const PICTURE_TOKENS = 4160

/** What a request asks for, as far as it costs, whoever answers. */
export interface Demand {
  input: Usage['input']
  /** Null where the client sets no limit. */
  maxOutputTokens: number | null
  /** How many answers to the same prompt. */
  answers: number
  /** `counting` is never charged for. */
  kind: 'chat' | 'pictures' | 'counting' | 'other'
  /** The answer can be ended before it is complete. */
  isStream: boolean
}

const kindOf: Partial<Record<CallContext['dialect'], Demand['kind']>> = {
  'openai-images': 'pictures',
  'count-tokens': 'counting'
}

export function demandOf(context: CallContext, { tokens, maxOutputTokens }: RequestTraits): Demand {
  const { dialect, perform, stream, wire } = context
  const total = Math.ceil(tokens * PROMPT_MARGIN)
  const kept = perform ? null : cacheTtl(context.request)
  const wanted = Number(wire?.json.n ?? 1)
  return {
    input: {
      total,
      noCache: kept === null ? total : 0,
      cacheRead: 0,
      cacheWrite5m: kept === '5m' ? total : 0,
      cacheWrite1h: kept === '1h' ? total : 0
    },
    maxOutputTokens,
    answers: Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1,
    kind: perform ? (kindOf[dialect] ?? 'other') : 'chat',
    isStream: stream && !perform
  }
}

/**
 * What a call of one model may cost. A stream can be ended, so that no more than a usual answer is set aside for it at
 * first; for an answer in one piece it is the longest that may come.
 */
export function estimateOf(demand: Demand, target: ModelTarget, options: EstimateOptions): Estimate {
  if (target.provider.onDevice || demand.kind === 'counting') return { kind: 'free' }
  const priced = (outputTokens: number) =>
    options.price(target.provider.pricing, target.model, usageOf(demand, outputTokens))
  const longest = longestAnswer(demand, target, options)
  const least = priced(Math.min(longest, USUAL_ANSWER_TOKENS))
  if (least.kind !== 'priced') return { kind: least.kind }
  const most = demand.isStream ? least : priced(longest)
  return { kind: 'priced', least: least.nanoUsd, most: most.kind === 'priced' ? most.nanoUsd : least.nanoUsd }
}

function longestAnswer({ kind, maxOutputTokens }: Demand, target: ModelTarget, options: EstimateOptions) {
  if (kind !== 'chat') return 0
  const ofModel = options.maxOutputTokens(target)
  return Math.min(maxOutputTokens ?? ofModel ?? LONG_ANSWER_TOKENS, ofModel ?? Number.POSITIVE_INFINITY)
}

function usageOf({ input, answers, kind }: Demand, outputTokens: number): Usage {
  if (kind === 'pictures') {
    const total = PICTURE_TOKENS * answers
    return { input, output: { total, text: 0, reasoning: 0, image: total }, units: { images: answers } }
  }
  const total = outputTokens * answers
  return { input, output: { total, text: total, reasoning: 0 } }
}

/** How long the provider is asked to keep the prompt, which costs more than reading it; null where it is not asked. */
function cacheTtl(request: () => ChatRequest): '5m' | '1h' | null {
  let found: '5m' | '1h' | null = null
  try {
    for (const { content } of request().messages) {
      for (const part of content) {
        if (!('cache' in part) || part.cache === undefined) continue
        if (part.cache === '1h') return '1h'
        found = part.cache
      }
    }
  } catch {
    // an upstream of the same dialect may understand what Homeport does not
  }
  return found
}
