import type { EngineModel } from '../../contract/engine-frames.ts'
import type { LocalModel } from '../../contract/local-models.ts'
import type { Usage } from '../../contract/usage.ts'
import { HomeportError } from '../../errors/homeport-error.ts'
import type { ChatAnswer, ChatCall } from '../../providers/spec/chat.ts'
import type { EmbedAnswer, EmbedCall, RerankAnswer, RerankCall } from '../../providers/spec/operations.ts'
import type { ModelProvider, ProviderModel } from '../../providers/spec/provider.ts'
import { toEngineChat } from '../engine/chat-request.ts'
import type { Engine, EngineCall } from '../engine/engine.ts'
import { type AnswerEnd, chatEvents } from './chat-events.ts'
import { decodeVectors, shorten } from './vectors.ts'

/** A model that is fit to be loaded this moment. */
export interface RunnableModel
  extends Pick<LocalModel, 'id' | 'name' | 'kind' | 'path' | 'abilities' | 'settings'> {
  /** How it is to be run on what the engine computes on. */
  engineModel(): EngineModel
}

export interface OnDeviceProviderParts {
  engine: Engine
  /** Models that can be used. */
  listModels(): ProviderModel[]
  /** Throws `not-found` or `model-broken` for what cannot be. */
  runnable(id: string): Promise<RunnableModel>
  /** A model was asked something. */
  onUsed(id: string): void
  /** A model's answer came to its end. */
  onAnswered(id: string, end: AnswerEnd): void
}

/** The models of this machine, as one more provider. */
export function createOnDeviceProvider(parts: OnDeviceProviderParts): ModelProvider {
  const { engine } = parts
  const chatModel = async (call: ChatCall) => {
    const model = await parts.runnable(call.model)
    if (model.kind !== 'chat') throw writesNothing(model)
    const traits = { overflow: model.settings.overflow, reasoning: model.abilities.reasoning }
    return { model, ...toEngineChat(call.request(), traits) }
  }

  return {
    id: 'on-device',
    name: 'On this device',
    kind: 'on-device',
    onDevice: true,
    pricing: 'free',
    embedsTokens: true,
    listModels: parts.listModels,

    async chat(call: ChatCall): Promise<ChatAnswer> {
      const { model, chat, warnings } = await chatModel(call)
      const { notes, events } = await engine.chat(chat, engineCall(model, call))
      parts.onUsed(model.id)
      return {
        wireDialect: null,
        headers: {},
        warnings: [...warnings, ...notes],
        events: chatEvents(events, model.id, (end) => parts.onAnswered(model.id, end))
      }
    },

    async countTokens(call: ChatCall): Promise<number> {
      const { model, chat } = await chatModel(call)
      return await engine.countTokens(chat, engineCall(model, call))
    },

    async embed(call: EmbedCall): Promise<EmbedAnswer> {
      const model = await parts.runnable(call.model)
      const { inputs, tokens = null } = call
      const result = await engine.embed({ inputs, tokens }, engineCall(model, call))
      parts.onUsed(model.id)
      const whole = decodeVectors(result.data, result.dimensions)
      const isWhole = call.dimensions === undefined || call.dimensions === result.dimensions
      return {
        vectors: isWhole ? whole : shorten(whole, call.dimensions ?? result.dimensions),
        usage: inputUsage(result.inputTokens),
        servedModel: model.id,
        warnings: isWhole ? [] : [SHORTENED]
      }
    },

    async rerank(call: RerankCall): Promise<RerankAnswer> {
      const model = await parts.runnable(call.model)
      const { query, documents } = call
      const { scores, inputTokens } = await engine.rerank({ query, documents }, engineCall(model, call))
      parts.onUsed(model.id)
      const results = scores.map((score, index) => ({ index, score })).sort((a, b) => b.score - a.score)
      return { results: results.slice(0, call.topN), usage: inputUsage(inputTokens), warnings: [] }
    }
  }
}

const SHORTENED =
  'the vectors were cut to the asked number of dimensions, which only models trained for it (Matryoshka) bear well'

const engineCall = (
  { path, engineModel }: RunnableModel,
  { caller = '', signal }: { caller?: string; signal: AbortSignal }
): EngineCall => ({ owner: caller, path, model: engineModel, signal })

const inputUsage = (total: number): Usage => ({
  input: { total, noCache: total, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
  output: { total: 0, text: 0, reasoning: 0 }
})

function writesNothing({ name, kind }: RunnableModel): HomeportError {
  const what = kind === 'embedding' ? 'turns texts into vectors' : 'judges documents'
  return new HomeportError('bad-request', `“${name}” ${what}; it writes no answers.`, {
    action: 'Choose a chat model.',
    param: 'model'
  })
}
