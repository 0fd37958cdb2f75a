import { HomeportError } from '../errors/homeport-error.ts'
import type { Caller, CallInput, Pipeline } from './context.ts'

/** As it stands in Activity and Costs, and as providers are told. */
export const knowledgeCaller: Caller = { kind: 'app', id: 'knowledge', name: 'Knowledge' }

export interface KnowledgeCall extends Required<Pick<CallInput, 'dialect' | 'model' | 'perform' | 'signal'>> {
  /** What is sent, to tell how much it is. It is no part of the trace: it stands in the person's files. */
  texts: readonly string[]
}

/**
 * Asks a model about the person's own texts by the way every call goes: routed, retried, priced, booked, held to budgets.
 * Resolves with the text of a chat's answer, empty for anything else. Throws `gateway-paused` while Homeport is paused, and
 * as the pipeline does.
 */
export async function callForKnowledge(
  pipeline: Pipeline,
  isPaused: () => boolean,
  { texts, ...call }: KnowledgeCall
): Promise<string> {
  if (isPaused())
    throw new HomeportError('gateway-paused', 'Homeport is paused.', {
      action: 'Resume it in Settings or the tray.'
    })
  const content = texts.map((text) => ({ type: 'text' as const, text }))
  const answer = await pipeline.call({
    ...call,
    caller: knowledgeCaller,
    stream: false,
    request: () => ({ messages: [{ role: 'user', content }], output: 'text', unmapped: [] }),
    wire: null,
    withoutTexts: true
  })
  let text = ''
  for await (const { parts } of answer.events)
    for (const part of parts) if (part.type === 'text-delta') text += part.text
  const { error } = await answer.done
  if (error) throw error
  return text
}
