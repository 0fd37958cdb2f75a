import { HomeportError } from '../errors/homeport-error.ts'
import type { OtherDialect, Pipeline } from '../pipeline/context.ts'
import type { EmbedCall } from '../providers/spec/operations.ts'
import type { ModelProvider } from '../providers/spec/provider.ts'
import {
  callOperation,
  cannotDo,
  type Operation,
  type OperationAnswer,
  textRequest
} from './operation-call.ts'

export interface Embedding
  extends Pick<Operation<unknown>, 'exchange' | 'caller' | 'model'>,
    Pick<EmbedCall, 'inputs' | 'tokens' | 'purpose'> {
  dialect: Extract<OtherDialect, `${string}-embed` | 'openai-embeddings'>
  /** Null for as many as the model gives. */
  dimensions: number | null
  /** What the route itself leaves out, by its wire name. */
  unmapped: readonly string[]
}

/**
 * The vectors of texts, one for each, in their order. They go to the client and nowhere else: no trace keeps them. Throws
 * `bad-request` when the provider has no embeddings, or none of tokens.
 */
export function callEmbed(pipeline: Pipeline, embedding: Embedding): Promise<OperationAnswer<number[][]>> {
  const { inputs, tokens, dimensions, purpose, unmapped, ...call } = embedding
  return callOperation(pipeline, {
    ...call,
    request: () => textRequest(tokens?.map((list) => list.join(' ')) ?? inputs),
    async perform({ provider, model }, signal) {
      if (!provider.embed) throw cannotDo(provider, 'embeddings')
      if (tokens && !provider.embedsTokens) throw takesTextsOnly(provider)
      const { vectors, ...answer } = await provider.embed({
        model,
        inputs,
        caller: call.caller.id,
        signal,
        ...(tokens && { tokens }),
        ...(dimensions !== null && { dimensions }),
        ...(purpose && { purpose })
      })
      const warnings = [...unmapped.map((name) => `${name} was dropped`), ...answer.warnings]
      return { ...answer, result: vectors, warnings }
    }
  })
}

const takesTextsOnly = ({ name }: ModelProvider): HomeportError =>
  new HomeportError('bad-request', `${name} takes texts only, no tokens.`, {
    action: 'Send the texts themselves (in LangChain, set check_embedding_ctx_length=False).',
    param: 'input'
  })
