import type { SavedNote, SaveNote, ToolCall } from '../../contract/knowledge.ts'
import { splitScopes } from '../../contract/knowledge-scopes.ts'
import type { Embedders } from '../../vault/embedders/embedders.ts'
import type { Knowledge } from '../../vault/knowledge.ts'
import type { AppHandlers } from '../app-handlers.ts'
import { pathParam } from './path-param.ts'

type KnowledgeRoutes = Extract<
  keyof AppHandlers,
  `${string} /app/knowledge${string}` | `${string} /app/search`
>

/** The person's notes and files, as the control API needs them. */
export interface KnowledgeParts {
  knowledge: Omit<Knowledge, 'begin' | 'close'>
  embedders: Pick<Embedders, 'options' | 'estimate'>
  /** Writes a chat or an answer as a new note. */
  saveNote(input: SaveNote): Promise<SavedNote>
  /** Puts a call over stdio into Activity. */
  toolCalled(call: ToolCall): void
}

/** `/app/knowledge` and all below it, and `/app/search`. */
export function knowledgeHandlers({
  knowledge,
  embedders,
  saveNote,
  toolCalled
}: KnowledgeParts): Pick<AppHandlers, KnowledgeRoutes> {
  return {
    'GET /app/search': ({ query, signal }) => {
      const { q, in: scopes = '', kind, from, until, limit, typing, reranker, rewriter } = query
      const question = { text: q, scopes: splitScopes(scopes), kind, from, until, limit, reranker, rewriter }
      return knowledge.search({ ...question, typing: typing === 'true' }, signal)
    },
    'GET /app/knowledge/sources': async () => ({ sources: knowledge.sources() }),
    'POST /app/knowledge/sources': ({ body }) => knowledge.add(body),
    'PATCH /app/knowledge/sources/:id': ({ params, body }) => knowledge.update(pathParam(params, 'id'), body),
    'DELETE /app/knowledge/sources/:id': async ({ params }) => {
      await knowledge.remove(pathParam(params, 'id'))
      return { ok: true }
    },
    'POST /app/knowledge/sources/:id/rescan': ({ params }) => knowledge.rescan(pathParam(params, 'id')),
    'GET /app/knowledge/sources/:id/files': ({ params, query }) =>
      knowledge.files(pathParam(params, 'id'), query),
    'GET /app/knowledge/sources/:id/parts': ({ params, query }) =>
      knowledge.parts(pathParam(params, 'id'), query.search, query.limit),
    'GET /app/knowledge/sources/:id/report': ({ params }) => knowledge.report(pathParam(params, 'id')),
    'GET /app/knowledge/estimate': async ({ query: { folder, embedder, excludes } }) => {
      const known = knowledge.sources().find((source) => source.folder === folder)
      const leftOut = excludes === undefined ? (known?.excludes ?? []) : patternsIn(excludes)
      return embedders.estimate(await knowledge.measure(folder, leftOut), embedder)
    },
    'GET /app/knowledge/embedders': async () => ({ embedders: embedders.options() }),
    'GET /app/knowledge/found-vaults': async () => ({ vaults: await knowledge.foundVaults() }),
    'GET /app/knowledge/note': ({ query }) => knowledge.note(query.source, query.path),
    'GET /app/knowledge/graph': ({ query }) => knowledge.graph(query.source, query.path, query.depth),
    'POST /app/knowledge/notes': ({ body }) => saveNote(body),
    'POST /app/knowledge/tool-calls': async ({ body }) => {
      toolCalled(body)
      return { ok: true }
    }
  }
}

const patternsIn = (lines: string): string[] =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
