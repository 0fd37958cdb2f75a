import {
  badParameter,
  checkNumbers,
  int32,
  isRecord,
  type Json,
  type NumberRange,
  readModelName,
  whole
} from '../json-fields.ts'

export interface RerankParameters {
  model: string
  query: string
  documents: string[]
  /** Only the best so many; null for all. */
  topN: number | null
  /** Whether each result repeats its document. */
  returnDocuments: boolean
  /** What has no place above, by its wire name. */
  unmapped: string[]
}

const known: ReadonlySet<string> = new Set(['model', 'query', 'documents', 'top_n', 'return_documents'])
/** Cohere's own bound of one request. */
const maxDocuments = 10_000
const ranges: Readonly<Record<string, NumberRange>> = { top_n: whole(1, int32) }

/**
 * A rerank request as Cohere and Jina take it (https://docs.cohere.com/v1/reference/rerank). Throws `bad-request`, for
 * documents that are no text too.
 */
export function readRerank(body: Json): RerankParameters {
  const model = readModelName(body.model)
  checkNumbers(body, ranges)
  const { query, top_n: topN, return_documents: returnDocuments } = body
  if (typeof query !== 'string' || query === '') throw badParameter('query', 'must be a text')
  if (returnDocuments !== undefined && returnDocuments !== null && typeof returnDocuments !== 'boolean') {
    throw badParameter('return_documents', 'must be true or false')
  }
  return {
    model,
    query,
    documents: readDocuments(body.documents),
    topN: typeof topN === 'number' ? topN : null,
    returnDocuments: returnDocuments === true,
    unmapped: Object.keys(body).filter((name) => !known.has(name) && body[name] !== null)
  }
}

function readDocuments(documents: unknown): string[] {
  if (!Array.isArray(documents) || documents.length === 0) {
    throw badParameter('documents', 'must be a list with at least one document')
  }
  if (documents.length > maxDocuments) throw badParameter('documents', `must have at most ${maxDocuments}`)
  return documents.map((document: unknown, index) => {
    const text = isRecord(document) ? document.text : document
    if (typeof text !== 'string') throw badParameter(`documents[${index}]`, 'must be a text or have a "text"')
    return text
  })
}
