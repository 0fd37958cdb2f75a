import { ollamaErrorBody } from '../../errors/ollama-error.ts'
import type { DialectRoutes } from '../dialect-routes.ts'
import { RouteTable } from '../route-table.ts'
import { serveOllamaChat, serveOllamaGenerate } from './ollama-chat.ts'
import { serveEmbed, serveOldEmbeddings } from './ollama-embed.ts'
import { serveRunning, serveShow, serveTags, serveVersion } from './ollama-models.ts'
import { notForPrograms, servePull } from './ollama-pull.ts'

const table = new RouteTable({
  'POST /api/chat': serveOllamaChat,
  'POST /api/generate': serveOllamaGenerate,
  'POST /api/embed': serveEmbed,
  'POST /api/embeddings': serveOldEmbeddings,
  'POST /api/show': serveShow,
  'POST /api/pull': servePull,
  'GET /api/tags': serveTags,
  'GET /api/ps': serveRunning,
  'GET /api/version': serveVersion
})

/** What Ollama has for adding and removing models, which no app key may do. */
const managing = /^\/api\/(push|create|copy|delete|blobs\/[^/]+)$/

/** Ollama's dialect: whatever is under `/api`. See https://docs.ollama.com/api */
export const ollamaRoutes: DialectRoutes = {
  addresses: table.addresses,
  owns: (path) => path === '/api' || path.startsWith('/api/'),
  errorBody: ollamaErrorBody,
  async serve(exchange, caller, parts) {
    if (managing.test(exchange.path)) throw notForPrograms()
    return table.serve(exchange, caller, parts)
  }
}
