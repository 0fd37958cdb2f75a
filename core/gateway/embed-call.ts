import type { OtherDialect, Pipeline } from '../pipeline/context.ts'
import type { EmbedCall } from '../providers/spec/operations.ts'
import {
  callOperation,
  cannotDo,
  type Operation,
  type OperationAnswer,
  textRequest
} from './operation-call.ts'

export interface Embedding
  extends Pick<Operation<unknown>, 'exchange' | 'caller' | 'model'>,
    Pick<EmbedCall, 'purpose'> {
  dialect: Extract<OtherDialect, `${string}-embed` | 'openai-embeddings'>
  inputs: string[]
  /** Null for as many as the model gives. */
  dimensions: number | null
  /** What the route itself leaves out, by its wire name. */
  unmapped: readonly string[]
}

/**
 * The vectors of texts, one for each, in their order. They go to the client and nowhere else: no trace keeps them. Throws
 * `bad-request` when the provider has no embeddings.
 */
export function callEmbed(pipeline: Pipeline, embedding: Embedding): Promise<OperationAnswer<number[][]>> {
  const { inputs, dimensions, purpose, unmapped, ...call } = embedding
  return callOperation(pipeline, {
    ...call,
    request: () => textRequest(inputs),
    async perform({ provider, model }, signal) {
      if (!provider.embed) throw cannotDo(provider, 'embeddings')
      const { vectors, ...answer } = await provider.embed({
        model,
        inputs,
        signal,
        ...(dimensions !== null && { dimensions }),
        ...(purpose && { purpose })
      })
      const warnings = [...unmapped.map((name) => `${name} was dropped`), ...answer.warnings]
      return { ...answer, result: vectors, warnings }
    }
  })
}
