import type { Usage } from '../contract/usage.ts'
import { HomeportError } from '../errors/homeport-error.ts'
import type { ChatAnswer, ChatEvent, ChatPart } from '../providers/spec/chat.ts'
import type { EmbedAnswer } from '../providers/spec/operations.ts'
import { embedWhatFits } from '../vault/embedders/embed-what-fits.ts'
import type { AskForVectors } from '../vault/embedders/model-embedder.ts'
import type { Pipeline } from './context.ts'
import { callForKnowledge, knowledgeCaller } from './knowledge-call.ts'

/**
 * Vectors for the person's own documents and questions. Throws `bad-request` where the provider has no embeddings, and as
 * `callForKnowledge` does.
 */
export function embedTexts(pipeline: Pipeline, isPaused: () => boolean): AskForVectors {
  return async ({ model, texts, purpose, signal }) => {
    let vectors: (number[] | null)[] = []
    await callForKnowledge(pipeline, isPaused, {
      dialect: 'openai-embeddings',
      model,
      texts,
      signal,
      async perform({ provider, model: name }, stop): Promise<ChatAnswer> {
        // vectors of an alias's other models would not be comparable
        if (`${provider.id}/${name}` !== model) throw anotherModel(model)
        const { embed } = provider
        if (!embed) throw cannotEmbed(provider.name)
        const answers: EmbedAnswer[] = []
        vectors = await embedWhatFits(texts, async (some) => {
          const call = { model: name, inputs: [...some], purpose, caller: knowledgeCaller.id, signal: stop }
          const answer = await embed.call(provider, call)
          answers.push(answer)
          return answer.vectors
        })
        const warnings = [...new Set(answers.flatMap((answer) => answer.warnings))]
        return { wireDialect: null, headers: {}, warnings, events: oneEvent(answers) }
      }
    })
    return vectors
  }
}

/** What all requests of a call took together; not known where one of them does not say. */
async function* oneEvent(answers: readonly EmbedAnswer[]): AsyncGenerator<ChatEvent> {
  const parts: ChatPart[] = []
  const servedModel = answers.at(-1)?.servedModel ?? null
  if (servedModel !== null) parts.push({ type: 'served-model', model: servedModel })
  const used = answers.flatMap(({ usage }) => usage ?? [])
  if (used.length === answers.length) parts.push({ type: 'usage', usage: sumOf(used) })
  yield { parts }
}

/** Embeddings read, and write nothing. */
function sumOf(used: readonly Usage[]): Usage {
  const total = used.reduce((sum, { input }) => sum + input.total, 0)
  return {
    input: { total, noCache: total, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    output: { total: 0, text: 0, reasoning: 0 }
  }
}

const cannotEmbed = (provider: string): HomeportError =>
  new HomeportError('bad-request', `${provider} does not offer embeddings.`, {
    action: 'Choose another embedder.'
  })

const anotherModel = (model: string): HomeportError =>
  new HomeportError('bad-request', `${model} stands for other models now.`, {
    action: 'Rename the alias of that name, or choose another embedder.'
  })
