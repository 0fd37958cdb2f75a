import type { Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatAnswer, ChatEvent } from '../providers/spec/chat.ts'
import type { Rerank } from '../vault/search/rerank-hits.ts'
import type { Pipeline } from './context.ts'
import { callForKnowledge, knowledgeCaller } from './knowledge-call.ts'

/** Scores the person's own passages. Throws `bad-request` where the provider has no reranker, and as `callForKnowledge` does. */
export function rerankTexts(pipeline: Pipeline, isPaused: () => boolean): Rerank {
  return async ({ model, query, documents, signal }) => {
    let results: { index: number; score: number }[] = []
    await callForKnowledge(pipeline, isPaused, {
      dialect: 'rerank',
      model,
      texts: [query, ...documents],
      signal,
      async perform({ provider, model: name }, stop): Promise<ChatAnswer> {
        if (!provider.rerank)
          throw new HomeportError('bad-request', `${provider.name} does not offer reranking.`, {
            action: 'Choose another reranker.'
          })
        const call = {
          model: name,
          query,
          documents: [...documents],
          caller: knowledgeCaller.id,
          signal: stop
        }
        const answered = await provider.rerank(call)
        results = answered.results
        const { usage, warnings } = answered
        return { wireDialect: null, headers: {}, warnings, events: oneEvent(usage) }
      }
    })
    return results
  }
}

async function* oneEvent(usage: Usage | null): AsyncGenerator<ChatEvent> {
  yield { parts: usage === null ? [] : [{ type: 'usage', usage }] }
}
