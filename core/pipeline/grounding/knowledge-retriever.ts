import { EVERYTHING, readScope } from '../../contract/knowledge-scopes.ts'
import type { Knowledge } from '../../vault/knowledge.ts'
import type { Lookup, Retriever } from './retriever.ts'

export interface KnowledgeRetrieverOptions {
  knowledge: Pick<Knowledge, 'search' | 'sources'>
  /** Whether what this embedder is given stays on this machine. */
  staysHere(embedder: string): boolean
  /** The model that puts questions in other words; null: they are looked up as they are. */
  rewriter(): string | null
}

/** Looks up in the person's sources. What people say in a chat is no query: quotes and colons in it narrow nothing down. */
export function knowledgeRetriever({ knowledge, staysHere, rewriter }: KnowledgeRetrieverOptions): Retriever {
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

  return {
    async find(lookup, signal) {
      const { scopes, problems } = askable(lookup)
      if (scopes.length === 0) return { hits: [], problems }
      const model = rewriter()
      const isAsked = model !== null && (!lookup.onDeviceOnly || staysHere(model))
      const answer = await knowledge.search(
        {
          text: plainWords(lookup.text),
          scopes: scopes.includes(EVERYTHING) ? [] : scopes,
          limit: lookup.limit,
          ...(isAsked && { rewriter: model })
        },
        signal
      )
      return {
        hits: answer.hits,
        problems: [...problems, ...answer.problems.map(({ sourceId, message }) => `${sourceId}: ${message}`)]
      }
    }
  }
}

const plainWords = (text: string): string =>
  text.replace(/["“”]/g, ' ').replace(/(?<=^|\s)(tag|path|kind):/g, '$1 ')
