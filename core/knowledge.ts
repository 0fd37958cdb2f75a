import { homedir } from 'node:os'
import type { AppEvent } from './contract/events.ts'
import { BUILT_IN_EMBEDDER, type ToolCall } from './contract/knowledge.ts'
import type { KnowledgeSettings } from './contract/settings.ts'
import type { Prices } from './costs/price-call.ts'
import type { AppHandlers } from './gateway/app-handlers.ts'
import { knowledgeHandlers } from './gateway/handlers/knowledge-handlers.ts'
import type { Logger } from './lib/logger.ts'
import { createMcpEndpoint, type McpEndpoint } from './mcp/mcp-endpoint.ts'
import { createToolRecorder, stdioCaller, type ToolRecorderOptions } from './mcp/tool-trace.ts'
import type { Pipeline } from './pipeline/context.ts'
import { embedTexts } from './pipeline/embed-texts.ts'
import { knowledgeRetriever } from './pipeline/grounding/knowledge-retriever.ts'
import type { Retriever } from './pipeline/grounding/retriever.ts'
import { rerankTexts } from './pipeline/rerank-texts.ts'
import { rewriteQuestion } from './pipeline/rewrite-question.ts'
import type { ModelProvider } from './providers/spec/provider.ts'
import type { Store } from './store/store.ts'
import { openEmbedders } from './vault/embedders/embedders.ts'
import { openKnowledge } from './vault/open-knowledge.ts'
import type { NotedChat } from './vault/write/chat-note.ts'
import { createNoteSaver } from './vault/write/save-note.ts'

export interface KnowledgeOptions {
  store: Store
  dataDir: string
  providers: { readonly callable: ReadonlyMap<string, ModelProvider> }
  prices: Pick<Prices, 'price'>
  /** Asked when a document or a question is embedded elsewhere. */
  pipeline(): Pipeline
  isPaused(): boolean
  /** The model that puts questions of chats in other words; null: none does. */
  helpers(): KnowledgeSettings
  env: Readonly<Record<string, string | undefined>>
  publish(event: AppEvent): void
  /** Where programs' reading of notes is written down. */
  activity: Omit<ToolRecorderOptions, 'logger'>
  /** The model that only searches came or went. */
  onModels(): void
  version: string
  logger: Logger
}

type Routes = Extract<keyof AppHandlers, `${string} /app/knowledge${string}` | `${string} /app/search`>

/** The person's notes and files: kept in indexes, found for people, programs and models. */
export interface KnowledgePart {
  hasSources(): boolean
  retriever: Retriever
  mcp: McpEndpoint
  /** `chat`: a chat with its messages; throws `not-found`. */
  handlers(chat: (id: string) => NotedChat): Pick<AppHandlers, Routes>
  begin(): void
  close(): Promise<void>
}

export function openKnowledgePart(options: KnowledgeOptions): KnowledgePart {
  const { store, dataDir, providers, prices, env, version, logger } = options
  const embedders = openEmbedders({
    providers,
    ask: (request) => embedTexts(options.pipeline(), options.isPaused)(request),
    price: (pricing, model, usage) => prices.price(pricing, model, usage)
  })
  const knowledge = openKnowledge({
    store,
    dataDir,
    embedders,
    rerank: (asked) => rerankTexts(options.pipeline(), options.isPaused)(asked),
    rewrite: (asked) => rewriteQuestion(options.pipeline(), options.isPaused)(asked),
    obsidian: { home: homedir(), platform: process.platform, env },
    onChange() {
      options.publish({ type: 'knowledge-changed' })
      if (hadSources !== hasSources()) options.onModels()
      hadSources = hasSources()
    },
    logger
  })
  const hasSources = (): boolean => knowledge.sources().length > 0
  let hadSources = hasSources()
  /** Whether what this embedder is given stays on this machine. */
  const staysHere = (embedder: string): boolean =>
    embedder === BUILT_IN_EMBEDDER ||
    providers.callable.get(embedder.slice(0, embedder.indexOf('/')))?.onDevice === true
  const record = createToolRecorder({ ...options.activity, logger })
  const mcp = createMcpEndpoint({ notes: knowledge, staysHere, record, version, logger })
  return {
    hasSources,
    retriever: knowledgeRetriever({ knowledge, staysHere, helpers: options.helpers }),
    mcp,
    handlers(chat) {
      const saveNote = createNoteSaver({ sources: knowledge.sources, chat })
      const toolCalled = (call: ToolCall): void => record(call, stdioCaller)
      return knowledgeHandlers({ knowledge, embedders, saveNote, toolCalled })
    },
    begin: knowledge.begin,
    async close() {
      await mcp.close()
      await knowledge.close()
    }
  }
}
