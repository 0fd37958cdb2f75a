import type { Llama, LlamaRankingContext } from 'node-llama-cpp'
import type { EngineModel, EngineWork } from '../../contract/engine-frames.ts'
import { type Encoder, loadEncoder } from './encoder.ts'
import { EngineError } from './engine-error.ts'
import type { LastFrame, LoadedModel, ModelInfo, WorkCall } from './loaded-model.ts'

/** A loaded model that says how well documents answer a query. */
export class RerankModel implements LoadedModel {
  readonly info: ModelInfo
  readonly #encoder: Encoder<LlamaRankingContext>

  private constructor(encoder: Encoder<LlamaRankingContext>) {
    this.info = encoder.info
    this.#encoder = encoder
  }

  static async load(
    llama: Llama,
    options: EngineModel & { threads: number },
    signal: AbortSignal
  ): Promise<RerankModel> {
    const encoder = await loadEncoder(llama, options, signal, async (model, context) => {
      if (!model.fileInsights.supportsRanking) throw cannotRank()
      return await model.createRankingContext(context)
    })
    return new RerankModel(encoder)
  }

  async perform(work: EngineWork, { id, signal }: WorkCall): Promise<LastFrame> {
    if (work.kind !== 'rerank') throw new Error(`A reranking model was asked for ${work.kind}`)
    const { query, documents } = work
    const inputTokens = documents.reduce(
      (sum, document, index) => sum + this.#lengthOf(query, document, index),
      0
    )
    const scores: number[] = []
    for (const document of documents) {
      signal.throwIfAborted()
      scores.push(await this.#encoder.context.rank(query, document))
    }
    return { type: 'result', id, result: { kind: 'scores', scores, inputTokens } }
  }

  async dispose(): Promise<void> {
    await this.#encoder.model.dispose()
  }

  #lengthOf(query: string, document: string, index: number): number {
    const length = this.#encoder.context.calculateInputLength(query, document)
    // the binding keeps the last position free
    const room = this.info.contextTokens - 1
    if (length <= room) return length
    throw new EngineError(
      'context-overflow',
      `Document ${index} is ${length} tokens long with the query, and this model has room for ${room}. Send shorter texts, or choose a model with a larger context.`
    )
  }
}

const cannotRank = () =>
  new EngineError('bad-request', 'This model cannot rank documents. Choose a reranking model.')
