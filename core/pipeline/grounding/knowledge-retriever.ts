import type { SearchAnswer } from '../../contract/knowledge.ts'
import { EVERYTHING, readScope } from '../../contract/knowledge-scopes.ts'
import type { KnowledgeSettings } from '../../contract/settings.ts'
import type { Knowledge, KnowledgeQuestion } from '../../vault/knowledge.ts'
import type { Lookup, Retriever } from './retriever.ts'

export interface KnowledgeRetrieverOptions {
  knowledge: Pick<Knowledge, 'search' | 'sources'>
  /** Whether what this embedder is given stays on this machine. */
  staysHere(embedder: string): boolean
  /** Models that help, where the person chose any. */
  helpers(): KnowledgeSettings
}

/** Nobody waits longer for another order: it stays as it was found, then. */
const RERANKED_WITHIN_MS = 4000

/** Looks up in the person's sources. What people say in a chat is no query: quotes and colons in it narrow nothing down. */
export function knowledgeRetriever({ knowledge, staysHere, helpers }: KnowledgeRetrieverOptions): Retriever {
  /** Of a request that stays here, what would be embedded elsewhere is left out. */
  const askable = ({ scopes, onDeviceOnly }: Lookup): { scopes: readonly string[]; problems: string[] } => {
    const sources = knowledge.sources()
    const elsewhere = onDeviceOnly ? sources.filter(({ embedder }) => !staysHere(embedder)) : []
    if (elsewhere.length === 0) return { scopes, problems: [] }
    const isLeftOut = (id: string | null | undefined) => elsewhere.some((source) => source.id === id)
    const named = scopes.includes(EVERYTHING) ? sources.map(({ id }) => id) : scopes
    return {
      scopes: named.filter((text) => !isLeftOut(readScope(text)?.sourceId)),
      problems: elsewhere.map(({ id }) => `${id} was left out: questions to it are embedded elsewhere`)
    }
  }

  /** As it was found, where the reranker fails or takes too long. */
  const search = async (
    question: KnowledgeQuestion,
    reranker: string | null,
    signal: AbortSignal
  ): Promise<SearchAnswer> => {
    if (reranker === null) return knowledge.search(question, signal)
    try {
      const soon = AbortSignal.any([signal, AbortSignal.timeout(RERANKED_WITHIN_MS)])
      return await knowledge.search({ ...question, reranker }, soon)
    } catch {
      signal.throwIfAborted()
      return knowledge.search(question, signal)
    }
  }

  return {
    async find(lookup, signal) {
      const { scopes, problems } = askable(lookup)
      if (scopes.length === 0) return { hits: [], problems }
      const { rewriter, reranker } = helpers()
      const asked = (model: string | null): string | null =>
        model !== null && (!lookup.onDeviceOnly || staysHere(model)) ? model : null
      const question: KnowledgeQuestion = {
        text: plainWords(lookup.text),
        scopes: scopes.includes(EVERYTHING) ? [] : scopes,
        limit: lookup.limit,
        rewriter: asked(rewriter) ?? undefined
      }
      const answer = await search(question, asked(reranker), signal)
      return {
        hits: answer.hits,
        problems: [...problems, ...answer.problems.map(({ sourceId, message }) => `${sourceId}: ${message}`)]
      }
    }
  }
}

const plainWords = (text: string): string =>
  text.replace(/["“”]/g, ' ').replace(/(?<=^|\s)(tag|path|kind):/g, '$1 ')
