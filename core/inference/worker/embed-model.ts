import type { Llama, LlamaEmbeddingContext, Token } from 'node-llama-cpp'
import type { EngineModel, EngineWork } from '../../contract/engine-frames.ts'
import { type Encoder, loadEncoder } from './encoder.ts'
import { EngineError } from './engine-error.ts'
import type { LastFrame, LoadedModel, ModelInfo, WorkCall } from './loaded-model.ts'

type Input = string | Token[]

/** A loaded model that makes vectors of texts. */
export class EmbedModel implements LoadedModel {
  readonly info: ModelInfo
  readonly #encoder: Encoder<LlamaEmbeddingContext>
  readonly #vocabularySize: number

  private constructor(encoder: Encoder<LlamaEmbeddingContext>) {
    this.info = encoder.info
    this.#encoder = encoder
    this.#vocabularySize = encoder.model.fileInfo.metadata.tokenizer?.ggml?.tokens?.length ?? 0
  }

  static async load(
    llama: Llama,
    options: EngineModel & { threads: number },
    signal: AbortSignal
  ): Promise<EmbedModel> {
    const encoder = await loadEncoder(llama, options, signal, async (model, context) => {
      if (model.fileInsights.hasEncoder && model.fileInsights.hasDecoder) throw makesNoVectors()
      return await model.createEmbeddingContext(context)
    })
    return new EmbedModel(encoder)
  }

  async perform(work: EngineWork, { id, signal }: WorkCall): Promise<LastFrame> {
    if (work.kind !== 'embed') throw new Error(`An embedding model was asked for ${work.kind}`)
    const inputs: Input[] = work.tokens?.map((tokens, index) => this.#checked(tokens, index)) ?? work.inputs
    const inputTokens = inputs.reduce((sum, input, index) => sum + this.#lengthOf(input, index), 0)
    const vectors: Float32Array[] = []
    for (const input of inputs) {
      signal.throwIfAborted()
      vectors.push(normalised((await this.#encoder.context.getEmbeddingFor(input)).vector))
    }
    const dimensions = vectors[0]?.length ?? 0
    return {
      type: 'result',
      id,
      result: { kind: 'vectors', dimensions, data: toBase64(vectors), inputTokens }
    }
  }

  async dispose(): Promise<void> {
    await this.#encoder.model.dispose()
  }

  /** What is no token of the vocabulary would be read from beyond its end. */
  #checked(tokens: number[], index: number): Token[] {
    const stranger = tokens.find((token) => token >= this.#vocabularySize)
    if (stranger === undefined) return tokens as Token[]
    throw new EngineError(
      'bad-request',
      `Input ${index} has the token ${stranger}, which this model does not know.`
    )
  }

  #lengthOf(input: Input, index: number): number {
    if (input.length === 0) throw new EngineError('bad-request', `Input ${index} is empty.`)
    const length = this.#encoder.context.calculateInputLength(input)
    // the binding keeps the last position free
    const room = this.info.contextTokens - 1
    if (length <= room) return length
    throw new EngineError(
      'context-overflow',
      `Input ${index} is ${length} tokens long, and this model has room for ${room}. Send shorter texts, or choose a model with a larger context.`
    )
  }
}

const makesNoVectors = () =>
  new EngineError('bad-request', 'This model cannot make embeddings. Choose an embedding model.')

function normalised(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector)
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length))
}

/** Little-endian float32, one vector after the other. */
function toBase64(vectors: Float32Array[]): string {
  const values = vectors.reduce((sum, { length }) => sum + length, 0)
  const bytes = Buffer.allocUnsafe(values * Float32Array.BYTES_PER_ELEMENT)
  let offset = 0
  for (const vector of vectors) for (const value of vector) offset = bytes.writeFloatLE(value, offset)
  return bytes.toString('base64')
}
