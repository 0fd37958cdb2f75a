import { budgetOf, effortOf } from '../shared/reasoning-effort.ts'
import type { ChatRequest } from '../spec/chat.ts'
import type { ReasoningRequest } from '../spec/chat-options.ts'
import type { PromptMessage } from '../spec/prompt.ts'
import type { ModelTraits } from './model-traits.ts'
import type { WireBlock, WriteNotes } from './write-content.ts'
import { forcesTool } from './write-tools.ts'

const MIN_BUDGET = 1024

/**
 * An answer's length where the client set none, which the API demands: as much as coding agents ask for, or what the model
 * can give if that is less. Thoughts count towards it, so a budget for them comes on top.
 */
const USUAL_ANSWER = 32_000

export interface Thinking {
  maxTokens: number
  thinking?: WireBlock
  effort?: string
}

/** How much to think, as the model takes it, and the `max_tokens` that leaves room for it. */
export function writeThinking(request: ChatRequest, traits: ModelTraits, notes: WriteNotes): Thinking {
  const { reasoning, maxTokens = Math.min(USUAL_ANSWER, traits.maxOutput) } = request
  if (!reasoning) return { maxTokens }
  if (reasoning.effort === 'none') return { maxTokens, ...turnedOff(traits, notes) }
  const obstacle = obstacleTo(request, traits)
  if (obstacle !== null) {
    notes.warnings.add(`reasoning was dropped: ${obstacle}`)
    return { maxTokens, ...turnedOff(traits, notes) }
  }
  return traits.thinking === 'adaptive'
    ? { maxTokens, ...writeAdaptive(reasoning, traits, notes) }
    : writeBudget(request, reasoning, traits, notes)
}

function obstacleTo(request: ChatRequest, { thinking, alwaysThinks }: ModelTraits): string | null {
  if (thinking === 'none') return 'the model does not think'
  if (forcesTool(request) && !alwaysThinks) return 'a tool call is forced, before which it cannot think'
  if (thinking === 'budget' && continuesUnsignedCall(request.messages)) {
    return 'it must begin before the first tool call of a turn'
  }
  return null
}

/** Models with a fixed budget think only where asked to; those that decide themselves may have to be told not to. */
function turnedOff(
  { thinking, alwaysThinks }: ModelTraits,
  { warnings }: WriteNotes
): { thinking?: WireBlock } {
  if (thinking !== 'adaptive') return {}
  if (!alwaysThinks) return { thinking: { type: 'disabled' } }
  warnings.add('reasoning cannot be turned off for this model')
  return {}
}

function writeAdaptive(
  reasoning: ReasoningRequest,
  { xhigh }: ModelTraits,
  { warnings }: WriteNotes
): Omit<Thinking, 'maxTokens'> {
  const wanted = effortOf(reasoning)
  if (wanted === 'xhigh' && !xhigh) warnings.add('reasoning effort xhigh became high')
  const written = wanted === 'minimal' ? 'low' : wanted === 'xhigh' && !xhigh ? 'high' : wanted
  return {
    // newer models keep their thoughts to themselves unless asked
    thinking: { type: 'adaptive', display: reasoning.show === false ? 'omitted' : 'summarized' },
    ...(written !== undefined && { effort: written })
  }
}

function writeBudget(
  { maxTokens: asked }: ChatRequest,
  { effort = 'medium', budgetTokens, show }: ReasoningRequest,
  { maxOutput }: ModelTraits,
  { warnings }: WriteNotes
): Thinking {
  const wanted = Math.max(MIN_BUDGET, budgetTokens ?? budgetOf[effort])
  const maxTokens = asked ?? Math.min(maxOutput, wanted + USUAL_ANSWER)
  // half of what there is, where all of it would go into thinking
  const budget = wanted < maxTokens ? wanted : Math.max(MIN_BUDGET, Math.floor(maxTokens / 2))
  if (budget >= maxTokens) {
    warnings.add(`reasoning was dropped: max_tokens leaves no room for it`)
    return { maxTokens }
  }
  if (budgetTokens !== undefined && budget !== budgetTokens) {
    warnings.add(`the reasoning budget of ${budgetTokens} tokens became ${budget}`)
  }
  const display = show === false ? { display: 'omitted' } : {}
  return { maxTokens, thinking: { type: 'enabled', budget_tokens: budget, ...display } }
}

/** Whether the model is to go on after a tool call that no thought of its own stands before: the API refuses that. */
function continuesUnsignedCall(messages: readonly PromptMessage[]): boolean {
  const last = messages.findLastIndex(({ role }) => role === 'assistant')
  const isCallAnswered = messages.slice(last + 1).some(({ role }) => role === 'tool')
  if (last === -1 || !isCallAnswered) return false
  return !messages[last]?.content.some(
    (part) => part.type === 'reasoning' && part.signature?.vendor === 'anthropic'
  )
}
