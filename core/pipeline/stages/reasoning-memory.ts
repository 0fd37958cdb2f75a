import type { ChatRequest } from '../../providers/spec/chat.ts'
import type { PromptMessage } from '../../providers/spec/prompt.ts'
import { anchorsOf } from '../../reasoning/anchors.ts'
import { ThoughtCollector } from '../../reasoning/collect-thoughts.ts'
import type { ReasoningMemory } from '../../reasoning/reasoning-memory.ts'
import { restoreThoughts } from '../../reasoning/restore-thoughts.ts'
import type { Stage } from '../context.ts'
import { watchEvents } from '../watch-events.ts'

/** Calls come back from clients of these dialects without the ids they were given. */
const withoutIds: ReadonlySet<string> = new Set(['ollama-chat', 'google-generate'])

/**
 * Keeps what models thought before their answers where the client's dialect differs from the upstream's, and puts it back
 * into the conversation before a provider writes it. Calls that are handed on in their own dialect are not touched.
 */
export function reasoningMemoryStage(memory: ReasoningMemory): Stage {
  return async (context, next) => {
    if (context.perform) return next()
    const client = {
      scope: `${context.caller.kind} ${context.caller.id}`,
      keepsIds: !withoutIds.has(context.dialect)
    }
    const asked = context.request
    let restored: ChatRequest | null = null
    context.request = () => {
      restored ??= withThoughts(asked(), client, memory)
      return restored
    }
    const result = await next()
    const { wireDialect } = result.head
    if (wireDialect !== null && wireDialect === context.wire?.dialect) return result
    const collector = new ThoughtCollector()
    const events = watchEvents(result.events, ({ parts }) => {
      for (const part of parts) collector.add(part)
    })
    const done = result.done.then((outcome) => {
      // what was cut before its end is never handed back
      if (outcome.finish !== null) memory.keep(collector.anchored(asked().messages, client))
      return outcome
    })
    return { ...result, events, done }
  }
}

function withThoughts(
  request: ChatRequest,
  client: { scope: string; keepsIds: boolean },
  memory: ReasoningMemory
): ChatRequest {
  if (!request.messages.some(({ role }) => role === 'assistant')) return request
  const anchors = anchorsOf(request.messages, client)
  const thoughts = memory.find(
    anchors.flatMap((answer) => [...(answer?.calls ?? []), ...(answer?.text ? [answer.text] : [])])
  )
  if (thoughts.size === 0) return request
  const restored = (message: PromptMessage, index: number): PromptMessage => {
    const answer = anchors[index]
    return answer ? restoreThoughts(message, answer, thoughts) : message
  }
  return { ...request, messages: request.messages.map(restored) }
}
