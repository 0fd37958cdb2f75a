import type { Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatAnswer, ChatEvent } from '../providers/spec/chat.ts'
import type { Rerank } from '../vault/search/rerank-hits.ts'
import type { Caller, Pipeline } from './context.ts'

const caller: Caller = { kind: 'app', id: 'knowledge', name: 'Knowledge' }

/**
 * Scores the person's own passages with a reranker, by the way every call goes: routed, retried, priced, booked, held to
 * budgets. What was compared is no part of the trace. Throws `bad-request` where the provider has no reranker, and
 * `gateway-paused` while Homeport is paused.
 */
export function rerankTexts(pipeline: Pipeline, isPaused: () => boolean): Rerank {
  return async ({ model, query, documents, signal }) => {
    if (isPaused())
      throw new HomeportError('gateway-paused', 'Homeport is paused.', {
        action: 'Resume it in Settings or the tray.'
      })
    let results: { index: number; score: number }[] = []
    const text = [query, ...documents].map((part) => ({ type: 'text' as const, text: part }))
    const answer = await pipeline.call({
      caller,
      dialect: 'rerank',
      model,
      stream: false,
      request: () => ({ messages: [{ role: 'user', content: text }], output: 'text', unmapped: [] }),
      wire: null,
      signal,
      withoutTexts: true,
      async perform({ provider, model: name }, stop): Promise<ChatAnswer> {
        if (!provider.rerank)
          throw new HomeportError('bad-request', `${provider.name} does not offer reranking.`, {
            action: 'Choose another reranker.'
          })
        const call = { model: name, query, documents: [...documents], caller: caller.id, signal: stop }
        const answered = await provider.rerank(call)
        results = answered.results
        const { usage, warnings } = answered
        return { wireDialect: null, headers: {}, warnings, events: oneEvent(usage) }
      }
    })
    for await (const _ of answer.events);
    const { error } = await answer.done
    if (error) throw error
    return results
  }
}

async function* oneEvent(usage: Usage | null): AsyncGenerator<ChatEvent> {
  yield { parts: usage === null ? [] : [{ type: 'usage', usage }] }
}
