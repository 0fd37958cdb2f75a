import { budgetOf, type Effort, effortOf } from '../shared/reasoning-effort.ts'
import type { ReasoningRequest } from '../spec/chat-options.ts'
import { generationOf } from './generation.ts'

export interface ThinkingConfig {
  thinkingLevel?: 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH'
  thinkingBudget?: number
  includeThoughts?: boolean
}

const levelOf = {
  none: 'MINIMAL',
  minimal: 'MINIMAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'HIGH'
} as const

/**
 * How much the model shall think, in the way its generation is asked: by a level since Gemini 3, by a number of tokens
 * before. Where a model cannot do what is wanted, the nearest it can is taken, and said.
 * Levels and ranges: https://ai.google.dev/gemini-api/docs/generate-content/thinking
 */
export function writeThinking(
  reasoning: ReasoningRequest,
  model: string,
  warnings: string[]
): ThinkingConfig | undefined {
  const generation = generationOf(model)
  const isOff = reasoning.effort === 'none' || reasoning.budgetTokens === 0
  if (generation < 2.5 || model.includes('image')) {
    if (!isOff) warnings.push('reasoning was dropped')
    return undefined
  }
  return {
    ...(generation >= 3 ? byLevel(reasoning, model, warnings) : byBudget(reasoning, model, warnings)),
    includeThoughts: reasoning.show ?? !isOff
  }
}

function byLevel(reasoning: ReasoningRequest, model: string, warnings: string[]) {
  const wanted = effortOf(reasoning)
  if (wanted === undefined) return {}
  const thinkingLevel = nearestLevel(levelOf[wanted], model)
  if (wanted === 'none') warnings.push(`reasoning cannot be turned off and was set to ${thinkingLevel}`)
  return { thinkingLevel }
}

/** Gemini 3 Pro knows only two levels; Flash lost its lowest with 3.7, where Flash-Lite kept it. */
function nearestLevel(level: (typeof levelOf)[Effort], model: string) {
  const generation = generationOf(model)
  const isPro = model.includes('-pro')
  const hasMinimal = model.includes('flash-lite') || (!isPro && generation < 3.7)
  if (level === 'MINIMAL' && !hasMinimal) return 'LOW'
  if (level === 'MEDIUM' && isPro && generation < 3.1) return 'HIGH'
  return level
}

function byBudget({ effort, budgetTokens }: ReasoningRequest, model: string, warnings: string[]) {
  const wanted = budgetTokens ?? (effort && budgetOf[effort])
  if (wanted === undefined) return {}
  const { min, max, canBeOff } = budgetRange(model)
  if (wanted === 0 && canBeOff) return { thinkingBudget: 0 }
  const thinkingBudget = Math.min(Math.max(wanted, min), max)
  // an effort is no number that could be missed, except for none
  if (thinkingBudget !== wanted && (budgetTokens !== undefined || wanted === 0)) {
    warnings.push(`the reasoning budget of ${wanted} tokens was set to ${thinkingBudget}`)
  }
  return { thinkingBudget }
}

function budgetRange(model: string) {
  if (model.includes('-pro')) return { min: 128, max: 32_768, canBeOff: false }
  return { min: model.includes('flash-lite') ? 512 : 1, max: 24_576, canBeOff: true }
}
