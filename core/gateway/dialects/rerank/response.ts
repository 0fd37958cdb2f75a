import type { Usage } from '../../../contract/usage.ts'
import type { RerankAnswer } from '../../../providers/spec/operations.ts'
import type { RerankParameters } from './request.ts'

export interface RerankIdentity {
  id: string
  model: string
}

/** The answer object as Cohere and Jina write it: Cohere's counts are in `meta`, Jina's in `usage`. */
export function rerankBody(
  results: RerankAnswer['results'],
  { documents, returnDocuments }: Pick<RerankParameters, 'documents' | 'returnDocuments'>,
  { id, model }: RerankIdentity,
  usage: Usage | null
) {
  return {
    id,
    model,
    results: results.map(({ index, score }) => ({
      index,
      relevance_score: score,
      ...(returnDocuments && { document: { text: documents[index] ?? '' } })
    })),
    meta: usage === null ? {} : { tokens: { input_tokens: usage.input.total, output_tokens: 0 } },
    ...(usage !== null && { usage: { total_tokens: usage.input.total } })
  }
}
