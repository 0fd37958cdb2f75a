import type { Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatAnswer, ChatEvent, ChatPart } from '../providers/spec/chat.ts'
import type { AskForVectors } from '../vault/embedders/model-embedder.ts'
import type { Caller, Pipeline } from './context.ts'

/** As it stands in Activity and Costs. */
const caller: Caller = { kind: 'app', id: 'knowledge', name: 'Knowledge' }

/**
 * Vectors for the person's own documents and questions, by the way every call goes: routed, retried, priced, booked, held
 * to budgets. What was embedded is no part of the trace: it stands in the person's files. While Homeport is paused
 * nothing is asked of anybody. Throws `bad-request` where the provider has no embeddings.
 */
export function embedTexts(pipeline: Pipeline, isPaused: () => boolean): AskForVectors {
  return async ({ model, texts, purpose, signal }) => {
    if (isPaused())
      throw new HomeportError('gateway-paused', 'Homeport is paused.', {
        action: 'Resume it in Settings or the tray.'
      })
    let vectors: number[][] = []
    const answer = await pipeline.call({
      caller,
      dialect: 'openai-embeddings',
      model,
      stream: false,
      request: () => ({
        messages: [{ role: 'user', content: texts.map((text) => ({ type: 'text', text })) }],
        output: 'text',
        unmapped: []
      }),
      wire: null,
      signal,
      withoutTexts: true,
      async perform({ provider, model: name }, stop): Promise<ChatAnswer> {
        // vectors of an alias's other models would not be comparable
        if (`${provider.id}/${name}` !== model) throw anotherModel(model)
        if (!provider.embed) throw cannotEmbed(provider.name)
        const call = { model: name, inputs: [...texts], purpose, caller: caller.id, signal: stop }
        const { usage, servedModel, warnings, ...answered } = await provider.embed(call)
        vectors = answered.vectors
        return { wireDialect: null, headers: {}, warnings, events: oneEvent(usage, servedModel) }
      }
    })
    for await (const _ of answer.events);
    const { error } = await answer.done
    if (error) throw error
    return vectors
  }
}

async function* oneEvent(usage: Usage | null, servedModel: string | null): AsyncGenerator<ChatEvent> {
  const parts: ChatPart[] = []
  if (servedModel !== null) parts.push({ type: 'served-model', model: servedModel })
  if (usage !== null) parts.push({ type: 'usage', usage })
  yield { parts }
}

const cannotEmbed = (provider: string): HomeportError =>
  new HomeportError('bad-request', `${provider} does not offer embeddings.`, {
    action: 'Choose another embedder.'
  })

const anotherModel = (model: string): HomeportError =>
  new HomeportError('bad-request', `${model} stands for other models now.`, {
    action: 'Rename the alias of that name, or choose another embedder.'
  })
